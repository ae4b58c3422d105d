namespace OmniIoT.Mqtt.Client;

/// <summary>Exponential back-off with jitter, so that a fleet does not return all at once.</summary>
internal static class ReconnectBackoff
{
    /// <summary>Between half and all of initial × 2^failures, capped at <paramref name="maximum"/>.</summary>
    public static TimeSpan Next(TimeSpan initial, TimeSpan maximum, int failures, Random random)
    {
        double full = Math.Min(maximum.TotalMilliseconds, initial.TotalMilliseconds * Math.Pow(2, Math.Min(failures, 30)));
        return TimeSpan.FromMilliseconds(full * (0.5 + 0.5 * random.NextDouble()));
    }
}
