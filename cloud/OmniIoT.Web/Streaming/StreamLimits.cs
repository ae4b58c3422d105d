using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace OmniIoT.Web.Streaming;

/// <summary>How many event streams may be open at once at this process.</summary>
/// <param name="ofOne">Of one watcher.</param>
/// <param name="ofAddress">Of one address: many people may be behind it.</param>
/// <param name="inAll">Of everybody.</param>
public sealed class StreamLimits(int ofOne, int ofAddress, int inAll) : IDisposable
{
    private readonly PartitionedRateLimiter<(string Watcher, string Address)> _limiter = PartitionedRateLimiter.CreateChained(
        Limit(one => one.Watcher, ofOne),
        Limit(one => one.Address, ofAddress),
        Limit(_ => "", inAll)
    );

    /// <summary>Takes a place for a stream; disposing gives it back.</summary>
    /// <returns>Null when there is none.</returns>
    public IDisposable? TryOpen(HttpContext context, string watcher)
    {
        RateLimitLease lease = _limiter.AttemptAcquire((watcher, ClientAddress.Of(context)));
        if (lease.IsAcquired)
            return lease;
        lease.Dispose();
        return null;
    }

    public void Dispose() => _limiter.Dispose();

    private static PartitionedRateLimiter<(string Watcher, string Address)> Limit(
        Func<(string Watcher, string Address), string> keyOf,
        int permits
    ) =>
        PartitionedRateLimiter.Create<(string Watcher, string Address), string>(one =>
            RateLimitPartition.GetConcurrencyLimiter(
                keyOf(one),
                _ => new ConcurrencyLimiterOptions { PermitLimit = permits, QueueLimit = 0 }
            )
        );
}
