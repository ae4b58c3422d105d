using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;
using OmniIoT.Ports.State;

namespace OmniIoT.Grains.Turns;

/// <summary>What entities look up of others, as last committed.</summary>
internal sealed record EntityReaders(
    ICustomerQueries Customers,
    IDeviceQueries Devices,
    ICaseQueries Cases,
    IAlarmQueries Alarms,
    IConversationQueries Conversations,
    ICampaignQueries Campaigns,
    ICredentialStore Credentials,
    IGrainStore Grains
);
