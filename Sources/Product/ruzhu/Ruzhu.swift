import ArgumentParser

/// The one executable of the product.
@main
struct Ruzhu: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ruzhu", abstract: "商户入驻系统",
        subcommands: [
            Serve.self, Migrate.self, Demo.self, Routes.self, BackupCommand.self, RestoreCommand.self,
            BackupPictures.self, RestorePictures.self,
            Verify.self, Transfer.self, Read.self, Doctor.self, Staff.self, Packs.self, SchemaCommand.self,
            RecognitionProcess.self, ConversionProcess.self,
        ])
}
