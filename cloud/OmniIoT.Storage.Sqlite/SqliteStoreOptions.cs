namespace OmniIoT.Storage.Sqlite;

/// <summary>Where and how the embedded store keeps its data.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>Holds <c>omniiot.db</c>; created when missing, and kept for this process while the store is open.</summary>
    public required string Directory { get; init; }

    /// <summary>
    /// Holds the key that kept secrets are sealed with; created when missing, readable by its owner only. Null:
    /// <c>secrets.key</c> in <see cref="Directory"/>.
    /// </summary>
    public string? KeyFile { get; init; }

    /// <summary>Changes kept for watchers that come back. Default 100,000.</summary>
    public int KeptChanges { get; init; } = 100_000;
}
