namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>A row that was to be created unless its key was there.</summary>
/// <param name="Added">The keys that turned out to be new.</param>
internal sealed record NewRow(IReadOnlySet<string> Added, string Key)
{
    /// <summary>Whether it was created; known once the batch was sent.</summary>
    public bool IsNew => Added.Contains(Key);
}
