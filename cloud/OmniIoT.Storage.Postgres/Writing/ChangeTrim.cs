namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>When old changes go: in portions, so that no commit pays for many. Each process counts its own.</summary>
internal sealed class ChangeTrim(int keptChanges)
{
    private const int Portion = 1_000;

    private int _since;

    public long Kept => keptChanges;

    /// <summary>Whether a commit with that many changes trims the log.</summary>
    public bool IsDue(int changes)
    {
        _since += changes;
        if (_since < Math.Min(Portion, keptChanges))
            return false;
        _since = 0;
        return true;
    }
}
