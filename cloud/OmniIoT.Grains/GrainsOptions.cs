using OmniIoT.Domain.Decisions;
using OmniIoT.Grains.Silo;

namespace OmniIoT.Grains;

/// <summary>How grains are run.</summary>
public sealed record GrainsOptions
{
    /// <summary>Batches and requests that may wait for one entity; then whoever brings more waits, and its reader with it.</summary>
    public int InboxCapacity { get; init; } = 256;

    /// <summary>An entity not used for so long leaves memory.</summary>
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long an entity waits before it tries again when storage cannot write.</summary>
    public TimeSpan StorageRetry { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Null: a silo on loopback that nobody else finds, with nothing but this process in it.</summary>
    public ClusterOptions? Cluster { get; init; }

    /// <summary>
    /// Whether the silo gathers what Orleans' dashboard shows; all processes of a cluster alike. While somebody looks, each call is
    /// measured.
    /// </summary>
    public bool Dashboard { get; init; }

    /// <summary>Where the index of fences is kept between runs; null: it is made anew at each start.</summary>
    public string? FenceFile { get; init; }

    public DecisionSettings Decisions { get; init; } = new();
}
