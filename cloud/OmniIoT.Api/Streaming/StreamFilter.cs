using OmniIoT.Domain.Devices;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Live;

namespace OmniIoT.Api.Streaming;

/// <summary>What a watcher wants to see; a missing part does not restrict.</summary>
internal sealed record StreamFilter(
    string? CustomerId,
    string? DeviceId,
    IReadOnlySet<string>? Kinds,
    ICatalog Catalog
)
{
    public const string TwinKind = "twin";

    public bool WantsTwins => Kinds is null || Kinds.Contains(TwinKind);

    public bool Admits(Change change) =>
        (Kinds is null || Kinds.Contains(change.Kind))
        && IsOf(change.CustomerId)
        && (DeviceId is null || change.DeviceId == DeviceId);

    public bool AdmitsTwin(DeviceRegistration device) =>
        IsOf(device.CustomerId) && (DeviceId is null || device.Id == DeviceId);

    /// <summary>Asked anew each time: customers are merged while somebody watches.</summary>
    private bool IsOf(string? customerId) =>
        CustomerId is null || Catalog.Merges.AreOne(CustomerId, customerId);
}
