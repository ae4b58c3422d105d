using System.Threading.RateLimiting;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Inbound;

/// <summary>
/// The memory that files of providers may take while they come: 96 MiB, of which one channel has at most 40. Safe for concurrent use.
/// </summary>
internal sealed class MediaRoom : IDisposable
{
    private const int MiB = 96;
    private const int MiBOfChannel = 40;

    // What waits holds its connection to the provider.
    private const int MiBInLine = 10 * MiB;

    private readonly ConcurrencyLimiter _all = new(RoomOf(MiB));

    private readonly PartitionedRateLimiter<string> _ofChannel = PartitionedRateLimiter.Create<string, string>(
        static channel => RateLimitPartition.GetConcurrencyLimiter(channel, static _ => RoomOf(MiBOfChannel)),
        StringComparer.Ordinal
    );

    /// <summary>For one file of a channel; it takes nothing yet.</summary>
    public MediaPlace PlaceOf(Channel channel) => new(_all, _ofChannel, channel.Id);

    public void Dispose()
    {
        _all.Dispose();
        _ofChannel.Dispose();
    }

    private static ConcurrencyLimiterOptions RoomOf(int permits) =>
        new()
        {
            PermitLimit = permits,
            QueueLimit = MiBInLine,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        };
}

/// <summary>The memory of one file, given back when it is disposed of.</summary>
public sealed class MediaPlace : IDisposable
{
    private readonly ConcurrencyLimiter _all;
    private readonly PartitionedRateLimiter<string> _ofChannel;
    private readonly string _channel;
    private RateLimitLease? _own;
    private RateLimitLease? _shared;

    internal MediaPlace(ConcurrencyLimiter all, PartitionedRateLimiter<string> ofChannel, string channel) =>
        (_all, _ofChannel, _channel) = (all, ofChannel, channel);

    /// <summary>Takes it, once, before the file is read; waits while there is no room.</summary>
    /// <param name="bytes">How large the file is; null: as large as any may be.</param>
    /// <exception cref="NoRoomException">There was none until it was cancelled, or too much is in line.</exception>
    public async ValueTask TakeAsync(long? bytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int size = (int)((bytes ?? Attachment.MaximumBytes) >> 20) + 1;
        try
        {
            _own = await _ofChannel.AcquireAsync(_channel, size, cancellationToken);
            _shared = _own.IsAcquired ? await _all.AcquireAsync(size, cancellationToken) : null;
        }
        catch (OperationCanceledException)
        {
            throw new NoRoomException();
        }
        if (_shared is not { IsAcquired: true })
            throw new NoRoomException();
    }

    public void Dispose()
    {
        _shared?.Dispose();
        _own?.Dispose();
    }
}

/// <summary>Too much comes in at once: what was told is to be told again.</summary>
public sealed class NoRoomException() : Exception("Too much comes in at once.");
