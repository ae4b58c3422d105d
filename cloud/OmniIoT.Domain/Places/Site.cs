namespace OmniIoT.Domain.Places;

/// <summary>A store, a hall, a branch: what fences, beacons and devices belong to.</summary>
public sealed record Site(string Id, string Name);
