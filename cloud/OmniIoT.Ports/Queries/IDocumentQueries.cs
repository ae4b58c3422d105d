using OmniIoT.Domain.Effects;

namespace OmniIoT.Ports.Queries;

/// <summary>A stored document and its version, which is its entity tag.</summary>
public sealed record Document(DocumentKind Kind, string Id, byte[] Json, int Version);

/// <summary>Which documents are wanted; a missing field does not restrict.</summary>
/// <param name="Text">In the id, the name or the zone, whatever the case.</param>
/// <param name="SiteId">Those that name this site; of versions those of this document.</param>
/// <param name="Area">Those with a geometry whose box has a point in common with this area.</param>
public sealed record DocumentFilter(string? Text = null, string? SiteId = null, Area? Area = null)
{
    /// <summary>Those with these ids; null does not restrict.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>Those that name one of these sites; null does not restrict.</summary>
    public IReadOnlyList<string>? Sites { get; init; }

    /// <summary>Whether they come by id from the greatest on, which of versions is from the newest on.</summary>
    public bool IsDescending { get; init; }
}

/// <summary>A part of the earth between two meridians and two parallels.</summary>
/// <param name="WestDegrees">−180 to 180; greater than <paramref name="EastDegrees"/> when the area lies over the antimeridian.</param>
/// <param name="SouthDegrees">−90 to 90.</param>
/// <param name="EastDegrees">−180 to 180.</param>
/// <param name="NorthDegrees">−90 to 90, not below <paramref name="SouthDegrees"/>.</param>
public readonly record struct Area(double WestDegrees, double SouthDegrees, double EastDegrees, double NorthDegrees);

public interface IDocumentQueries
{
    ValueTask<Document?> FindAsync(DocumentKind kind, string id, CancellationToken cancellationToken);

    /// <summary>By id.</summary>
    ValueTask<Page<Document>> ListAsync(
        DocumentKind kind,
        PageRequest page,
        CancellationToken cancellationToken,
        DocumentFilter? filter = null
    );

    /// <summary>Names of the documents with these ids; what has none, or is not there, is missing.</summary>
    /// <param name="ids">At most <see cref="PageRequest.MaximumLimit"/>.</param>
    ValueTask<IReadOnlyDictionary<string, string>> NamesAsync(
        DocumentKind kind,
        IReadOnlyCollection<string> ids,
        CancellationToken cancellationToken
    );
}
