using System.Globalization;

namespace OmniIoT.Simulators.Fleet;

/// <summary>What a run has sent so far; safe for concurrent use.</summary>
public sealed class RunCounters
{
    private long _acknowledged;
    private long _refused;
    private long _commands;
    private long _offers;
    private long _redeemed;

    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    public long Offers => Interlocked.Read(ref _offers);

    public void CountAcknowledged(bool refused)
    {
        Interlocked.Increment(ref _acknowledged);
        if (refused)
            Interlocked.Increment(ref _refused);
    }

    public void CountCommand() => Interlocked.Increment(ref _commands);

    public void CountOffer() => Interlocked.Increment(ref _offers);

    public void CountRedeemed() => Interlocked.Increment(ref _redeemed);

    /// <summary>Writes a line every five seconds until cancelled.</summary>
    public async Task ReportAsync(TextWriter progress, TimeProvider time, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        (long last, long lastAt) = (0L, started);
        using PeriodicTimer timer = new(TimeSpan.FromSeconds(5), time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            long now = Acknowledged;
            progress.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{time.GetElapsedTime(started).TotalSeconds, 6:F0} s  {now, 10:N0} acknowledged  {(now - last) / time.GetElapsedTime(lastAt).TotalSeconds, 8:N0} /s  {_refused:N0} dead letters  {_commands:N0} commands  {_offers:N0} offers  {_redeemed:N0} redeemed"
                )
            );
            (last, lastAt) = (now, time.GetTimestamp());
        }
    }
}
