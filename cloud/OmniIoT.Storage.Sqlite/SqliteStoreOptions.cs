namespace OmniIoT.Storage.Sqlite;

/// <summary>Where and how the embedded store keeps its data.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>Holds <c>omniiot.db</c>; created when missing, and kept for this process while the store is open.</summary>
    public required string Directory { get; init; }

    /// <summary>
    /// Holds the key that kept secrets are sealed with, readable by its owner only; created with the database. Null:
    /// <c>secrets.key</c> in <see cref="Directory"/>.
    /// </summary>
    public string? KeyFile { get; init; }

    /// <summary>
    /// A lost key is replaced by a new one, which opens nothing that was sealed before. Default false:
    /// <see cref="KeyFileLostException"/>.
    /// </summary>
    public bool AllowsNewKey { get; init; }

    /// <summary>Changes kept for watchers that come back. Default 100,000.</summary>
    public int KeptChanges { get; init; } = 100_000;
}
