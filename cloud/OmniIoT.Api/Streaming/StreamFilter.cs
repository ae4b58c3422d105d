using OmniIoT.Domain;
using OmniIoT.Grains.Ports;

namespace OmniIoT.Api.Streaming;

/// <summary>What a watcher wants to see; a missing part does not restrict.</summary>
internal sealed record StreamFilter(string? CustomerId, string? DeviceId, IReadOnlySet<string>? Kinds)
{
    public const string TwinKind = "twin";

    public bool WantsTwins => Kinds is null || Kinds.Contains(TwinKind);

    public bool Admits(Change change) =>
        (Kinds is null || Kinds.Contains(change.Kind))
        && (CustomerId is null || change.CustomerId == CustomerId)
        && (DeviceId is null || change.DeviceId == DeviceId);

    public bool AdmitsTwin(DeviceRegistration device) =>
        (CustomerId is null || device.CustomerId == CustomerId) && (DeviceId is null || device.Id == DeviceId);
}
