using System.Collections.Frozen;
using System.Collections.Immutable;
using OmniIoT.Devices.Models;
using OmniIoT.Domain.Answers;
using OmniIoT.Domain.Calls;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Systems;
using OmniIoT.Domain.Voice;

namespace OmniIoT.Domain.Decisions;

/// <summary>
/// What grains know of the documents that no grain owns. Immutable: a change builds a new catalog, which is swapped in whole,
/// so that a decision never sees half of it.
/// </summary>
public sealed record Catalog
{
    public static Catalog Empty { get; } = new();

    public FrozenDictionary<string, DeviceModel> Models { get; init; } = FrozenDictionary<string, DeviceModel>.Empty;

    /// <summary>One more costs the same however many there are.</summary>
    public ImmutableDictionary<string, Site> Sites { get; init; } = ImmutableDictionary<string, Site>.Empty;

    /// <summary>By id in the form of <see cref="BeaconId"/>.</summary>
    public FrozenDictionary<string, Beacon> Beacons { get; init; } = FrozenDictionary<string, Beacon>.Empty;

    public FrozenDictionary<string, Campaign> Campaigns { get; init; } = FrozenDictionary<string, Campaign>.Empty;

    /// <summary>By which company and customers talk; <see cref="FindChannel"/> knows the web chat's own as well.</summary>
    public FrozenDictionary<string, Channel> Channels { get; init; } = FrozenDictionary<string, Channel>.Empty;

    /// <summary>Which customers are one person.</summary>
    public Merges Merges { get; init; } = Merges.None;

    public Knowledge Answers { get; init; } = Knowledge.None;

    /// <summary>Voice menus by id.</summary>
    public FrozenDictionary<string, Flow> Flows { get; init; } = FrozenDictionary<string, Flow>.Empty;

    public FrozenDictionary<string, Survey> Surveys { get; init; } = FrozenDictionary<string, Survey>.Empty;

    /// <summary>What customers write about.</summary>
    public Themes Themes { get; init; } = Themes.None;

    /// <summary>Other systems that are called with changes.</summary>
    public FrozenDictionary<string, Webhook> Webhooks { get; init; } = FrozenDictionary<string, Webhook>.Empty;

    /// <summary>Help desks that have the same cases.</summary>
    public FrozenDictionary<string, Integration> Integrations { get; init; } = FrozenDictionary<string, Integration>.Empty;

    public DeskRules Desk { get; init; } = DeskRules.Empty;

    public FenceIndex Fences { get; init; } = FenceIndex.Empty;

    /// <summary>The dwell times that campaigns wait for, by fence.</summary>
    public DwellThresholds Dwells { get; init; } = DwellThresholds.None;

    /// <summary>A channel by its id; the web chat is there also while no document describes it.</summary>
    public Channel? FindChannel(string id) =>
        Channels.GetValueOrDefault(id) ?? (id == ChannelKinds.WebChat ? ChannelKinds.WebChatItself : null);

    /// <summary>By which browsers are told things; null: by none.</summary>
    public Channel? PushChannel => Channels.Values.FirstEnabled(ChannelKinds.Push);
}
