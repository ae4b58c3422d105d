using System.Text.Json.Nodes;

namespace OmniIoT.Domain.Devices;

/// <summary>Creates or replaces a registration; answers the secret only when it was created.</summary>
/// <param name="SignsIn">False: a new device has no secret, because it has no connection of its own; it can be given one later.</param>
public sealed record RegisterDevice(
    string Model,
    string? CustomerId,
    string? SiteId,
    string? Name,
    int? ExpectedVersion = null,
    bool SignsIn = true,
    bool Maintenance = false
);

public sealed record DeviceRegistered(DeviceRegistration Device, string? Secret);

public sealed record RemoveDevice(int? ExpectedVersion = null);

/// <summary>Merges (RFC 7386) into the desired properties; answers the twin.</summary>
public sealed record PatchDesired(JsonObject Patch, int? ExpectedVersion = null);

/// <summary>
/// Merges into what the device reports of itself, as its own message does; for who must be answered. Answers the version that it makes.
/// </summary>
public sealed record PatchReported(JsonObject Patch);

/// <param name="Lifetime">Null: <see cref="DeviceMessage.DefaultLifetime"/>.</param>
public sealed record SendDeviceMessage(JsonNode Payload, IReadOnlyDictionary<string, string> Properties, TimeSpan? Lifetime, string Actor);

/// <param name="Timeout">Null: the model's.</param>
public sealed record SendCommand(string Name, JsonNode? Arguments, TimeSpan? Timeout, string Actor)
{
    /// <summary>Its id: asked for again it is answered as it is. Null: a new one.</summary>
    public string? Id { get; init; }
}

/// <summary>The owner was erased.</summary>
/// <param name="Words">Their name and addresses.</param>
public sealed record DisownDevice(IReadOnlyList<string> Words);

/// <summary>An edge node speaks for the device.</summary>
/// <param name="Adopter">
/// The node's own registration, for a device that was registered for itself: it is the node's only when both have the same owner and
/// site and the device never spoke for itself. Null for a device that was registered as the node's.
/// </param>
public sealed record AttachToEdge(EdgeAttachment Edge, DeviceRegistration? Adopter);
