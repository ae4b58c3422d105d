using OmniIoT.Domain.Decisions;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;
using OmniIoT.Ports.State;

namespace OmniIoT.Grains.Hosting;

/// <summary>What the jobs of a partition work with.</summary>
internal sealed class Turn(DecisionScope scope, GrainReaders readers, SecretSealer sealer)
{
    public DecisionScope Scope { get; } = scope;

    public GrainReaders Readers { get; } = readers;

    public SecretSealer Sealer { get; } = sealer;
}

/// <summary>What grains look up of other grains, as last committed.</summary>
public sealed record GrainReaders(
    ICustomerQueries Customers, IDeviceQueries Devices, ICaseQueries Cases, IAlarmQueries Alarms, ICampaignQueries Campaigns,
    ICredentialStore Credentials, IGrainStore Grains);
