import Database

enum DocumentMigrations {
    /// The table of the first migration, whose rows the second one takes over.
    private static let former: SQL = "\(sqlite: "documents_documents", postgres: "documents.documents")"

    static let all = [
        Migration(
            "documents", 1,
            [
                "\(sqlite: "SELECT 1", postgres: "CREATE SCHEMA IF NOT EXISTS documents")",
                """
                CREATE TABLE \(former) (
                    id TEXT NOT NULL PRIMARY KEY,
                    person TEXT NOT NULL,
                    stream TEXT NOT NULL,
                    kind TEXT NOT NULL CHECK (kind IN ('licence', 'other')),
                    media_type TEXT NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png')),
                    width \(SQL.bigint) NOT NULL CHECK (width > 0),
                    height \(SQL.bigint) NOT NULL CHECK (height > 0),
                    uploaded_at \(SQL.bigint) NOT NULL,
                    blob TEXT NOT NULL UNIQUE,
                    digest \(SQL.bytes) NOT NULL,
                    reading TEXT NOT NULL CHECK (reading IN ('not_needed', 'waiting', 'read', 'failed', 'unavailable')),
                    content \(SQL.bytes),
                    CHECK ((content IS NOT NULL) = (reading = 'read'))) \(SQL.strict)
                """,
                "CREATE INDEX documents_person ON \(former) (person)",
            ]),
        // One file may belong to several documents of a person, and what nobody names any more can be told.
        Migration(
            "documents", 2,
            [
                """
                CREATE TABLE \(StoredFileRecord.table) (
                    id TEXT NOT NULL PRIMARY KEY,
                    person TEXT NOT NULL,
                    blob TEXT NOT NULL UNIQUE,
                    content_index \(SQL.bytes) CHECK (length(content_index) = 32),
                    kept_until \(SQL.bigint) NOT NULL,
                    UNIQUE (person, content_index)) \(SQL.strict)
                """,
                """
                INSERT INTO \(StoredFileRecord.table) (id, person, blob, content_index, kept_until)
                SELECT id, person, blob, NULL, 0 FROM \(former)
                """,
                """
                CREATE TABLE \(DocumentRecord.table) (
                    id TEXT NOT NULL PRIMARY KEY,
                    person TEXT NOT NULL,
                    stream TEXT NOT NULL,
                    kind TEXT NOT NULL CHECK (kind IN ('licence', 'other')),
                    media_type TEXT NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png')),
                    width \(SQL.bigint) NOT NULL CHECK (width > 0),
                    height \(SQL.bigint) NOT NULL CHECK (height > 0),
                    uploaded_at \(SQL.bigint) NOT NULL,
                    file TEXT NOT NULL REFERENCES \(StoredFileRecord.table) (id),
                    original TEXT REFERENCES \(StoredFileRecord.table) (id),
                    digest \(SQL.bytes) NOT NULL,
                    reading TEXT NOT NULL CHECK (reading IN ('not_needed', 'waiting', 'read', 'failed', 'unavailable')),
                    content \(SQL.bytes),
                    CHECK ((content IS NOT NULL) = (reading = 'read'))) \(SQL.strict)
                """,
                """
                INSERT INTO \(DocumentRecord.table) (id, person, stream, kind, media_type, width, height, uploaded_at,
                    file, original, digest, reading, content)
                SELECT id, person, stream, kind, media_type, width, height, uploaded_at, id, NULL, digest, reading,
                    content
                FROM \(former)
                """,
                "DROP TABLE \(former)",
                "CREATE INDEX \(sqlite: "documents_pictures_person", postgres: "pictures_person") ON \(DocumentRecord.table) (person)",
                "CREATE INDEX \(sqlite: "documents_pictures_file", postgres: "pictures_file") ON \(DocumentRecord.table) (file)",
                "CREATE INDEX \(sqlite: "documents_pictures_original", postgres: "pictures_original") ON \(DocumentRecord.table) (original)",
                """
                CREATE TABLE \(CropRecord.table) (
                    blob TEXT NOT NULL PRIMARY KEY,
                    document TEXT NOT NULL) \(SQL.strict)
                """,
                "CREATE INDEX \(sqlite: "documents_crops_document", postgres: "crops_document") ON \(CropRecord.table) (document)",
                """
                CREATE TABLE \(UploadRecord.table) (
                    id TEXT NOT NULL PRIMARY KEY,
                    person TEXT NOT NULL,
                    length \(SQL.bigint) NOT NULL CHECK (length > 0),
                    received \(SQL.bigint) NOT NULL CHECK (received BETWEEN 0 AND length),
                    expires_at \(SQL.bigint) NOT NULL,
                    document TEXT) \(SQL.strict)
                """,
                "CREATE INDEX \(sqlite: "documents_uploads_person", postgres: "uploads_person") ON \(UploadRecord.table) (person)",
                "CREATE INDEX \(sqlite: "documents_uploads_expiry", postgres: "uploads_expiry") ON \(UploadRecord.table) (expires_at)",
                """
                CREATE TABLE \(UploadPartRecord.table) (
                    upload TEXT NOT NULL,
                    position \(SQL.bigint) NOT NULL,
                    length \(SQL.bigint) NOT NULL,
                    blob TEXT NOT NULL UNIQUE,
                    PRIMARY KEY (upload, position)) \(SQL.strict)
                """,
                """
                CREATE TABLE \(SweepStore.days) (
                    day TEXT NOT NULL PRIMARY KEY) \(SQL.strict)
                """,
            ]),
        // Files whose time has come are found without reading all.
        Migration(
            "documents", 3,
            [
                "CREATE INDEX \(sqlite: "documents_files_kept", postgres: "files_kept") ON \(StoredFileRecord.table) (kept_until)"
            ]),
    ]
}
