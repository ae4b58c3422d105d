using Orleans.Statistics;

namespace OmniIoT.Grains.Silo;

/// <summary>
/// Orleans' own has the runtime write thirty counters each second, for whoever is placed by processor or memory, for overload and for the
/// dashboard. A process that is alone and has none of them need not wake for that.
/// </summary>
internal sealed class NoStatistics : IEnvironmentStatisticsProvider
{
    public EnvironmentStatistics GetEnvironmentStatistics() => default;
}
