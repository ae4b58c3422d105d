namespace OmniIoT.Storage.Postgres;

/// <summary>The secrets in the database are sealed with another key than this process has.</summary>
/// <param name="database">For people.</param>
public sealed class OtherKeyException(string database) : Exception($"The secrets in the database {database} are sealed with another key.");
