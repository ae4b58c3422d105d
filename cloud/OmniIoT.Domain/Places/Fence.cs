namespace OmniIoT.Domain.Places;

/// <summary>An area of a site; a customer within it has a visit.</summary>
public sealed record Fence(string Id, string SiteId, string Name, FenceGeometry Geometry)
{
    /// <summary>The radius when the geometry is a circle, else null.</summary>
    public double? RadiusMeters => (Geometry as Circle)?.RadiusMeters;
}
