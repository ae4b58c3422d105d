using OmniIoT.Domain.Decisions;

namespace OmniIoT.Grains.Hosting;

/// <summary>How grains are run.</summary>
public sealed record GrainsOptions
{
    /// <summary>How many single-writer loops share the grains. 16 keep two to eight cores busy; more only makes commits of less.</summary>
    public int PartitionCount { get; init; } = 16;

    /// <summary>Batches and requests that may wait for one partition; then whoever brings more waits, and its reader with it.</summary>
    public int InboxCapacity { get; init; } = 256;

    /// <summary>Messages decided in one turn at most: enough to spread a flush over thousands, little enough that a turn stays below some 20 ms.</summary>
    public int TurnMessages { get; init; } = 8192;

    /// <summary>A grain not used for so long leaves memory.</summary>
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Grains one partition keeps in memory at most; about 2 to 4 KB each.</summary>
    public int MaxActivations { get; init; } = 20_000;

    /// <summary>How long a partition waits before it tries again when storage cannot write.</summary>
    public TimeSpan StorageRetry { get; init; } = TimeSpan.FromMilliseconds(500);

    public DecisionSettings Decisions { get; init; } = new();
}
