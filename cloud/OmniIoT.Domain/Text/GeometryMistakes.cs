using System.Collections.Frozen;

namespace OmniIoT.Domain.Text;

/// <summary>What can be wrong with a fence's geometry, as <see cref="MistakeKinds"/> for what somebody typed.</summary>
public static class GeometryMistakes
{
    public const string Position = "mistake.geometryPosition";
    public const string Polygons = "mistake.geometryPolygons";
    public const string Rings = "mistake.geometryRings";
    public const string Positions = "mistake.geometryPositions";
    public const string NoneGiven = "mistake.geometryEmpty";
    public const string RingOpen = "mistake.geometryRingOpen";
    public const string RingTooShort = "mistake.geometryRingTooShort";
    public const string TooManyVertices = "mistake.geometryTooManyVertices";
    public const string Longitude = "mistake.geometryLongitude";
    public const string Latitude = "mistake.geometryLatitude";
    public const string GeometryType = "mistake.geometryType";
    public const string FeatureType = "mistake.geometryFeatureType";
    public const string FeatureId = "mistake.geometryFeatureId";
    public const string RadiusRequired = "mistake.geometryRadiusRequired";
    public const string RadiusNotFor = "mistake.geometryRadiusNotFor";
    public const string Overlaps = "mistake.geometryOverlaps";
    public const string TooIntricate = "mistake.geometryTooIntricate";
    public const string RoundPole = "mistake.geometryRoundPole";
    public const string LinesCross = "mistake.geometryLinesCross";
    public const string RingTouchesItself = "mistake.geometryRingTouchesItself";
    public const string HoleOutside = "mistake.geometryHoleOutside";
    public const string HoleWithinHole = "mistake.geometryHoleWithinHole";
    public const string PolygonWithinPolygon = "mistake.geometryPolygonWithinPolygon";
    public const string RingTwice = "mistake.geometryRingTwice";
    public const string HolesCutApart = "mistake.geometryHolesCutApart";
    public const string FewDifferentPositions = "mistake.geometryFewDifferentPositions";
    public const string NotValid = "mistake.geometryNotValid";

    /// <summary>Every kind with its words.</summary>
    public static FrozenDictionary<string, string> English { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [Position] = "must be a position, [longitude, latitude]",
            [Polygons] = "must be an array of polygons",
            [Rings] = "must be an array of rings",
            [Positions] = "must be an array of positions",
            [NoneGiven] = "is empty",
            [RingOpen] = "is not closed: the last position must repeat the first",
            [RingTooShort] = "has too few positions: a ring needs four, the last repeating the first",
            [TooManyVertices] = "brings the fence above {max} vertices",
            [Longitude] = "must be a longitude in degrees, -180 to 180",
            [Latitude] = "must be a latitude in degrees, -90 to 90",
            [GeometryType] = "must be Polygon, MultiPolygon or Point",
            [FeatureType] = "must be Feature",
            [FeatureId] = "is required, here or as properties.id",
            [RadiusRequired] = "is required for a Point",
            [RadiusNotFor] = "is for a Point only, not for a {geometry}",
            [Overlaps] = "overlaps part {part} at latitude {latitude}, longitude {longitude}",
            [TooIntricate] = "is too intricate: too many of its edges run close beside one another",
            [RoundPole] = "goes round a pole: cut it along the antimeridian, from -180 to 180",
            [LinesCross] = "lines cross at latitude {latitude}, longitude {longitude}",
            [RingTouchesItself] = "the ring touches itself at latitude {latitude}, longitude {longitude}",
            [HoleOutside] = "a hole lies outside its polygon at latitude {latitude}, longitude {longitude}",
            [HoleWithinHole] = "a hole lies within another at latitude {latitude}, longitude {longitude}",
            [PolygonWithinPolygon] = "a polygon lies within another at latitude {latitude}, longitude {longitude}",
            [RingTwice] = "a ring stands there twice at latitude {latitude}, longitude {longitude}",
            [HolesCutApart] = "holes cut the polygon apart at latitude {latitude}, longitude {longitude}",
            [FewDifferentPositions] = "the ring has too few different positions at latitude {latitude}, longitude {longitude}",
            [NotValid] = "the area is not valid at latitude {latitude}, longitude {longitude}",
        }.ToFrozenDictionary(StringComparer.Ordinal);
}
