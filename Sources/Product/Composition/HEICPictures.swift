package import Documents
import PictureConversion
import Web

/// Turns HEIC photos into JPEG in processes that this executable starts of itself, one for each photo.
package struct HEICPictures: PictureConverter {
    package static let command = "convert-picture"

    private let converter = HEICConverter(executable: "/proc/self/exe", arguments: [command])
    /// Each may need a few hundred megabytes for a second or two.
    private let places = LargeBodies(atOnce: 2)

    package func jpeg(fromHEIC bytes: [UInt8]) async throws(PictureConverterFault) -> [UInt8] {
        let outcome = await places.admit { () async -> Result<[UInt8], HEICConverter.Fault> in
            do throws(HEICConverter.Fault) {
                return .success(try await converter.jpeg(from: bytes))
            } catch {
                return .failure(error)
            }
        }
        do throws(HEICConverter.Fault) {
            return try outcome.get()
        } catch {
            switch error {
            case .unavailable: throw .unavailable
            case .damaged: throw .damaged
            case .tooManyPixels: throw .tooManyPixels
            }
        }
    }

    /// What the started process does.
    package static func work() -> Never { HEICWorker.run(mostPixels: PictureHeader.mostPixels) }
}
