using System.Collections.Concurrent;
using OmniIoT.Ports.Loops;

namespace OmniIoT.Commit.Delivery;

/// <summary>
/// How often the first row of each target was tried in vain and when it is tried again. Kept in memory: a start of the process
/// begins to count anew, so that what failed because of the process itself gets another chance. Thread-safe.
/// </summary>
internal sealed class TargetTroubles(TimeProvider time, Random random)
{
    /// <summary>
    /// Tries of one row: with <see cref="Pause"/> they go on for 9 to 19 minutes, longer than a restart of what is asked.
    /// </summary>
    public const int AttemptLimit = 12;

    /// <summary>A target that is back is served within five minutes.</summary>
    private static readonly Backoff Pause = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));

    private readonly ConcurrentDictionary<string, Trouble> _troubles = new(StringComparer.Ordinal);

    public bool IsDue(string target) => !_troubles.TryGetValue(target, out Trouble? trouble) || trouble.DueIn(time) <= TimeSpan.Zero;

    /// <summary>Until the next target that waits is due, at most <paramref name="atMost"/>.</summary>
    public TimeSpan UntilNextDue(TimeSpan atMost) =>
        _troubles.Values.Select(trouble => trouble.DueIn(time)).Where(wait => wait > TimeSpan.Zero).Append(atMost).Min();

    /// <summary>A try failed; the target rests.</summary>
    /// <returns>How often this row was tried; from <see cref="AttemptLimit"/> on it is to be given up.</returns>
    public int Failed(string target, string rowId)
    {
        int attempts = _troubles.TryGetValue(target, out Trouble? before) && before.RowId == rowId ? before.Attempts + 1 : 1;
        _troubles[target] = new Trouble(rowId, attempts, time.GetTimestamp(), Pause.After(attempts, random.NextDouble()));
        return attempts;
    }

    /// <summary>Its row went out or was given up.</summary>
    public void Over(string target) => _troubles.TryRemove(target, out _);

    /// <summary>Forgets all targets but those that have rows.</summary>
    public void KeepOnly(IReadOnlySet<string> targets)
    {
        foreach (string target in _troubles.Keys.Where(target => !targets.Contains(target)))
            Over(target);
    }

    /// <param name="Since">A timestamp: a clock that is set back must not prolong the rest.</param>
    private sealed record Trouble(string RowId, int Attempts, long Since, TimeSpan Rest)
    {
        public TimeSpan DueIn(TimeProvider time) => Rest - time.GetElapsedTime(Since);
    }
}
