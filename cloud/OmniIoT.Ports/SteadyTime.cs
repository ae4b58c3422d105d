using Microsoft.Extensions.Logging;

namespace OmniIoT.Ports;

/// <summary>
/// Time that does not leap with the machine's clock. The clock is compared with the time that passed by another that only ever goes on: a
/// difference of more than a minute between two looks is a leap, and time goes on as before until the clock has stood by it for two
/// minutes.
/// What is decided meanwhile (which value is the newest, what has expired, what is too old to be kept) never rests on the leap. Safe for
/// concurrent use.
/// </summary>
public sealed partial class SteadyTime(TimeProvider machine, ILogger<SteadyTime> logger) : TimeProvider
{
    /// <summary>More than a clock is ever set by while it is kept in step.</summary>
    public static readonly TimeSpan Leap = TimeSpan.FromMinutes(1);

    /// <summary>So long a leap has to last before it is believed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Between two looks at the machine's clock.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private volatile Anchor _anchor = new(machine.GetUtcNow(), machine.GetTimestamp());
    private long _steadySince = machine.GetTimestamp();
    private Doubt? _doubt;

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    /// <summary>For how long, since the start or the last leap that was believed or is doubted, the clock has gone on steadily.</summary>
    public TimeSpan SteadyFor
    {
        get
        {
            lock (_lock)
                return _doubt is null ? machine.GetElapsedTime(_steadySince) : TimeSpan.Zero;
        }
    }

    /// <summary>For people; null while the clock is believed.</summary>
    public string? Trouble
    {
        get
        {
            lock (_lock)
                return _doubt is { } doubt
                    ? $"The clock of this machine leapt by {doubt.By:c}; time goes on as before until it has stood by that for {Patience.TotalMinutes:0} minutes."
                    : null;
        }
    }

    /// <summary>What the machine's clock says, believed or not.</summary>
    public DateTimeOffset ToldByClock => machine.GetUtcNow();

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);

    public override DateTimeOffset GetUtcNow()
    {
        Anchor anchor = _anchor;
        TimeSpan passed = machine.GetElapsedTime(anchor.Timestamp);
        return passed < LookEvery ? anchor.At + passed : Look();
    }

    private DateTimeOffset Look()
    {
        lock (_lock)
        {
            Anchor anchor = _anchor;
            long timestamp = machine.GetTimestamp();
            DateTimeOffset expected = anchor.At + machine.GetElapsedTime(anchor.Timestamp, timestamp);
            DateTimeOffset told = machine.GetUtcNow();
            DateTimeOffset now = IsBelieved(told - expected, timestamp) ? told : expected;
            _anchor = new Anchor(now, timestamp);
            return now;
        }
    }

    private bool IsBelieved(TimeSpan leap, long timestamp)
    {
        // The two clocks are not read in one moment: less than a second says nothing.
        TimeSpan by = TimeSpan.FromSeconds(Math.Round(leap.TotalSeconds));
        if (by.Duration() <= Leap)
        {
            if (_doubt is { } over)
                LogOver(logger, over.By);
            _doubt = null;
            return true;
        }
        if (_doubt is not { } doubt || (by - doubt.By).Duration() > Leap)
        {
            LogLeap(logger, by);
            _doubt = new Doubt(by, timestamp);
            return false;
        }
        if (machine.GetElapsedTime(doubt.Since, timestamp) < Patience)
            return false;
        LogBelieved(logger, by);
        (_doubt, _steadySince) = (null, timestamp);
        return true;
    }

    [LoggerMessage(1214, LogLevel.Warning, "The clock of this machine leapt by {By}; time goes on as before until it has stood by that.")]
    private static partial void LogLeap(ILogger logger, TimeSpan by);

    [LoggerMessage(1215, LogLevel.Information, "The clock of this machine came back from a leap by {By}.")]
    private static partial void LogOver(ILogger logger, TimeSpan by);

    [LoggerMessage(1216, LogLevel.Warning, "The clock of this machine stands by its leap of {By}, and is believed from now on.")]
    private static partial void LogBelieved(ILogger logger, TimeSpan by);

    /// <summary>What the time was at a timestamp of the other clock.</summary>
    private sealed record Anchor(DateTimeOffset At, long Timestamp);

    private sealed record Doubt(TimeSpan By, long Since);
}

/// <summary>Whether what cannot be undone may be decided by the clock.</summary>
public static class Steadiness
{
    /// <summary>For how long the clock has gone on steadily; without end for one that nobody watches.</summary>
    public static TimeSpan SteadyFor(this TimeProvider time) => time is SteadyTime steady ? steady.SteadyFor : TimeSpan.MaxValue;

    /// <inheritdoc cref="SteadyTime.ToldByClock"/>
    public static DateTimeOffset ToldByClock(this TimeProvider time) => time is SteadyTime steady ? steady.ToldByClock : time.GetUtcNow();
}
