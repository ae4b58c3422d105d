namespace OmniIoT.Domain.Places;

/// <summary>An area of a site; a customer within it has a visit.</summary>
public sealed record Fence
{
    private readonly Func<FenceGeometry> _geometry;

    public Fence(string id, string siteId, string name, FenceGeometry geometry)
        : this(id, siteId, name, () => geometry) { }

    /// <param name="geometry">Makes the geometry anew each time that it is asked for.</param>
    internal Fence(string id, string siteId, string name, Func<FenceGeometry> geometry) =>
        (Id, SiteId, Name, _geometry) = (id, siteId, name, geometry);

    public string Id { get; init; }

    public string SiteId { get; init; }

    public string Name { get; init; }

    /// <summary>
    /// The area. Of a fence that an index found it is unpacked when it is asked for, its parts from west to east; across the antimeridian
    /// the longitudes are those that were given but for the rounding of a turn.
    /// </summary>
    public FenceGeometry Geometry
    {
        get => _geometry();
        init => _geometry = () => value;
    }

    /// <summary>The radius when the geometry is a circle, else null.</summary>
    public double? RadiusMeters => (Geometry as Circle)?.RadiusMeters;

    public bool Equals(Fence? other) =>
        other is not null && Id == other.Id && SiteId == other.SiteId && Name == other.Name && Geometry.Equals(other.Geometry);

    public override int GetHashCode() => HashCode.Combine(Id, SiteId, Name);
}
