using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OmniIoT.Ports.Commit;

namespace OmniIoT.Commit.Delivery;

/// <summary>
/// Works off what commits left to deliver: when told that there is something, and now and then by itself, for what a stop or a
/// failure left behind.
/// </summary>
public abstract partial class DeliveryLoop(Committer committer, TimeProvider time, ILogger logger) : BackgroundService
{
    /// <summary>Rows taken at once.</summary>
    protected const int AtOnce = 256;

    protected ICommitter Commits => committer;

    protected TimeProvider Clock => time;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly AsyncSignal _waiting = new();

    /// <summary>Delivers the oldest <see cref="AtOnce"/> rows; returns how many there were.</summary>
    protected abstract Task<int> DeliverAsync(CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        committer.DeliveriesWaiting += _waiting.Set;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await DeliverAsync(stoppingToken) == AtOnce)
                {
                    // There is more.
                }
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogDeliveryFailed(logger, error);
            }
            await _waiting.WaitAsync(LookEvery, time, stoppingToken);
        }
    }

    [LoggerMessage(1401, LogLevel.Error, "A delivery failed; it is tried again.")]
    private static partial void LogDeliveryFailed(ILogger logger, Exception error);
}
