using System.Collections.Frozen;
using System.Collections.Immutable;
using OmniIoT.Domain.Campaigns;

namespace OmniIoT.Domain.Places;

/// <summary>After how long a visit to each fence is to be reported as dwelled; immutable, made when campaigns change.</summary>
public sealed class DwellThresholds
{
    private readonly FrozenDictionary<string, ImmutableArray<TimeSpan>> _byFence;

    private DwellThresholds(FrozenDictionary<string, ImmutableArray<TimeSpan>> byFence) => _byFence = byFence;

    public static DwellThresholds None { get; } = From([]);

    /// <summary>The dwell times that these campaigns wait for.</summary>
    public static DwellThresholds From(IEnumerable<Campaign> campaigns) =>
        new(
            campaigns
                .Where(campaign => campaign.Trigger is CampaignTrigger.Dwell && campaign.Dwell > TimeSpan.Zero)
                .SelectMany(campaign => campaign.FenceIds, (campaign, fenceId) => (fenceId, campaign.Dwell))
                .GroupBy(pair => pair.fenceId, pair => pair.Dwell, StringComparer.Ordinal)
                .ToFrozenDictionary(group => group.Key, group => group.Distinct().Order().ToImmutableArray(), StringComparer.Ordinal)
        );

    /// <summary>The thresholds of a fence, shortest first; empty when nobody waits for any.</summary>
    public ImmutableArray<TimeSpan> Of(string fenceId) => _byFence.GetValueOrDefault(fenceId, []);
}
