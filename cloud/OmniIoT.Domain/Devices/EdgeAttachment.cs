namespace OmniIoT.Domain.Devices;

/// <summary>Where a device is reached that has no connection of its own. It stays there: no other node can take it.</summary>
/// <param name="NodeId">The device that is the edge node.</param>
/// <param name="Device">What the node calls the device; null for the node itself.</param>
public sealed record EdgeAttachment(string NodeId, string? Device);
