using OmniIoT.Ports.Loops;

namespace OmniIoT.Storage.Sqlite.Writing;

/// <summary>
/// Something that is to be done to the database file, and when: at once; while others hold the database, after a moment; after any other
/// failure later and later, up to a minute, because no haste makes room on a disk. Used by one thread at a time.
/// </summary>
/// <param name="name">For people.</param>
internal sealed class Chore(string name, TimeProvider time, Random random)
{
    /// <summary>Who reads or writes lets go of the database by then.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    private static readonly Backoff Pause = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));

    private readonly HashSet<string> _told = [];
    private long _asked;
    private TimeSpan? _after;
    private int _failures;

    public string Name => name;

    /// <summary>Until it is to be done, from zero; null when it need not be.</summary>
    public TimeSpan? Wait
    {
        get
        {
            TimeSpan? left = _after - time.GetElapsedTime(_asked);
            return left < TimeSpan.Zero ? TimeSpan.Zero : left;
        }
    }

    public bool IsDue => Wait == TimeSpan.Zero;

    /// <summary>It is to be done: at once, unless it waits after a failure.</summary>
    public void Want()
    {
        if (_after is null)
            Postpone(TimeSpan.Zero);
    }

    /// <summary>It need not be done until it is wanted again.</summary>
    public void Done()
    {
        (_after, _failures) = (null, 0);
        _told.Clear();
    }

    /// <summary>Others hold the database.</summary>
    public void Held() => Postpone(Moment);

    /// <summary>It failed for a reason other than that.</summary>
    /// <returns>Whether it failed with these words for the first time since it was last done.</returns>
    public bool Failed(string why)
    {
        Postpone(Pause.After(++_failures, random.NextDouble()));
        return _told.Add(why);
    }

    private void Postpone(TimeSpan pause) => (_asked, _after) = (time.GetTimestamp(), pause);
}
