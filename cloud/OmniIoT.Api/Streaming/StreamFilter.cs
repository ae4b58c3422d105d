using System.Text.Json;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Domain;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Timeline;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Live;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Streaming;

/// <summary>What a watcher wants to see; a missing part does not restrict.</summary>
/// <param name="HidesNotes">Whether what the company notes for itself is not theirs to see.</param>
/// <param name="Rights">Kinds that these do not show are left out.</param>
internal sealed record StreamFilter(
    string? CustomerId,
    string? DeviceId,
    IReadOnlySet<string>? Kinds,
    ICatalog Catalog,
    bool HidesNotes,
    RightSet Rights
)
{
    public const string TwinKind = "twin";

    private const string MessageKind = "message";

    /// <summary>What the watcher is limited to; null: nothing.</summary>
    public Bounds? Within { get; init; }

    public bool WantsTwins => (Kinds is null || Kinds.Contains(TwinKind)) && Rights.MaySee(TwinKind);

    public bool Admits(Change change) =>
        (Kinds is null || Kinds.Contains(change.Kind))
        && Rights.MaySee(change.Kind)
        && IsOf(change.CustomerId)
        && (DeviceId is null || change.DeviceId == DeviceId)
        && !(HidesNotes && IsNote(change));

    public bool AdmitsTwin(DeviceRegistration device) => IsOf(device.CustomerId) && (DeviceId is null || device.Id == DeviceId);

    private static bool IsNote(Change change) =>
        change.Kind is TimelineKind.NoteAdded
        || (change.Kind is MessageKind && JsonSerializer.Deserialize<ConversationMessage>(change.Json.Span, OmniJson.Options)!.Internal);

    /// <summary>Asked anew each time: customers are merged while somebody watches.</summary>
    private bool IsOf(string? customerId) => CustomerId is null || Catalog.Merges.AreOne(CustomerId, customerId);
}
