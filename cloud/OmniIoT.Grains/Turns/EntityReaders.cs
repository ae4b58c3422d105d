using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;
using OmniIoT.Ports.State;

namespace OmniIoT.Grains.Turns;

/// <summary>What entities look up of others, as last committed.</summary>
internal sealed record EntityReaders(
    ICustomerQueries Customers,
    IDeviceQueries Devices,
    IAlarmQueries Alarms,
    DeskReaders Desk,
    ICampaignQueries Campaigns,
    ICredentialStore Credentials,
    IGrainStore Grains
);

/// <summary>What agents work on.</summary>
internal sealed record DeskReaders(ICaseQueries Cases, IConversationQueries Conversations, IWorkQueries Work, ICallBackQueries CallBacks);
