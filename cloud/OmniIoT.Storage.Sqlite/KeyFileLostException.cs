namespace OmniIoT.Storage.Sqlite;

/// <summary>The key that the database's secrets are sealed with is not where it has to be.</summary>
public sealed class KeyFileLostException(string path)
    : Exception(
        $"The key file {path} is missing, and the database has secrets that only its key opens. Put the file back, from a backup or from "
            + "where it was moved to (OmniIoT:Data:KeyFile). To do without: start once with --OmniIoT:Data:NewKey=true, which makes a new "
            + "key: codes of second factors, channels' secrets, keys of enrolments and claim codes are lost with the old one, visitors of "
            + "the chat sign in again, and devices that prove their secret by a token need new ones."
    );
