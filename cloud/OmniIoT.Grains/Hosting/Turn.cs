using OmniIoT.Domain;
using OmniIoT.Grains.Ports;

namespace OmniIoT.Grains.Hosting;

/// <summary>What the jobs of a partition work with.</summary>
internal sealed class Turn(DecisionScope scope, GrainReaders readers)
{
    public DecisionScope Scope { get; } = scope;

    public GrainReaders Readers { get; } = readers;
}

/// <summary>What grains look up of other grains, as last committed.</summary>
public sealed record GrainReaders(
    ICustomerQueries Customers, IDeviceQueries Devices, ICaseQueries Cases, IAlarmQueries Alarms, ICampaignQueries Campaigns,
    ICredentialStore Credentials, IGrainStore Grains);
