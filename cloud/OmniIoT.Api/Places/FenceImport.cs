using System.Text.Json;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Problems;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Text;
using OmniIoT.Geometry;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Places;

/// <param name="SiteId">The site of all fences; null: each feature names its own.</param>
/// <param name="Replaces">Takes away those fences of the site that the file lacks.</param>
/// <param name="IsPartial">Takes what is right beside what is refused; else one that is refused refuses all.</param>
internal sealed record FenceImportOptions(string? SiteId, bool Replaces, bool IsPartial);

/// <summary>What an import came to.</summary>
public sealed record ImportedFences
{
    public required int Created { get; init; }

    public required int Updated { get; init; }

    /// <summary>Fences of the site that the file lacked and <c>replace</c> took away.</summary>
    public required int Removed { get; init; }

    /// <summary>The first 1,000.</summary>
    public required IReadOnlyList<RefusedFeature> Refused { get; init; }

    /// <summary>How many there are in all.</summary>
    public required int RefusedCount { get; init; }
}

/// <summary>Puts the fences of a file. Nothing is written before all of it was read; then it is, some hundreds in one commit.</summary>
internal sealed class FenceImport(IDocumentQueries documents, DocumentStore store, ICommitter committer, ICatalog catalog)
{
    /// <summary>Refused features that are told; the others are counted.</summary>
    private const int MostRefused = 1000;

    /// <summary>So that whatever else is to be committed waits for some milliseconds only.</summary>
    private const int PerCommit = PageRequest.MaximumLimit;

    private readonly Dictionary<string, WrittenFence> _fences = new(StringComparer.Ordinal);

    /// <summary>Those that the file has, refused ones too: they are not what it lacks.</summary>
    private readonly HashSet<string> _named = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _sites = new(StringComparer.Ordinal);
    private readonly List<RefusedFeature> _refused = [];
    private int _refusedCount;

    /// <summary>Whether nobody knows which fence one of the refused is.</summary>
    private bool _hasNameless;

    /// <exception cref="ProblemException">It is no FeatureCollection; or a feature is refused and the import is not partial.</exception>
    public async Task<ImportedFences> RunAsync(Stream body, FenceImportOptions options, CancellationToken cancellationToken)
    {
        int index = 0;
        await foreach (ReadOnlyMemory<byte> feature in new FeatureStream(body).ReadAsync(cancellationToken))
            await TakeAsync(index++, feature, options.SiteId, cancellationToken);
        if (_refusedCount > 0 && (!options.IsPartial || (options.Replaces && _hasNameless)))
            throw new ProblemException(RefusedWhole());
        List<string> lacking = options.Replaces ? await LackingAsync(options.SiteId!, cancellationToken) : [];
        int updated = await CountStoredAsync(cancellationToken);

        // The change is begun: whether the caller still listens no longer matters.
        foreach (string id in lacking)
            _fences.Add(id, new WrittenFence(id, null));
        try
        {
            foreach (WrittenFence[] part in _fences.Values.Chunk(PerCommit))
                await CommitAsync(part);
        }
        finally
        {
            // Also of an import that fails midway: what it has written counts.
            await catalog.RefreshFencesAsync(_fences.Values, CancellationToken.None);
        }
        return new ImportedFences
        {
            Created = _fences.Count - lacking.Count - updated,
            Updated = updated,
            Removed = lacking.Count,
            Refused = _refused,
            RefusedCount = _refusedCount,
        };
    }

    private async ValueTask TakeAsync(int index, ReadOnlyMemory<byte> utf8, string? siteId, CancellationToken cancellationToken)
    {
        try
        {
            using JsonDocument feature = JsonDocument.Parse(utf8);
            await TakeAsync(index, feature.RootElement, siteId, cancellationToken);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate, or bytes that are no UTF-8: the reader of JSON finds them when it takes the text.
            Refuse(index, null, [new ProblemError("", "has a text that is no Unicode")]);
        }
    }

    private async ValueTask TakeAsync(int index, JsonElement feature, string? siteId, CancellationToken cancellationToken)
    {
        string? id = FeatureReader.IdOf(feature);
        if (id is not null)
            _named.Add(id);
        DocumentReading<Fence> reading = FeatureReader.Read(feature, siteId, cancellationToken);
        if (reading.Value is not { } fence)
            Refuse(index, id, [.. reading.Mistakes.Take(Problem.MostErrors).Select(Readings.ErrorOf)]);
        else if (_fences.ContainsKey(fence.Id))
            Refuse(index, id, [new ProblemError("/id", "stands in the file twice; the first of them is taken")]);
        else if (siteId is null && !await HasSiteAsync(fence.SiteId, cancellationToken))
            Refuse(index, id, [new ProblemError("/properties/siteId", Wrong.Unknown("site", fence.SiteId))]);
        else
            _fences.Add(fence.Id, new WrittenFence(fence.Id, (fence, FenceWriter.ToUtf8(fence))));
    }

    private void Refuse(int index, string? id, IReadOnlyList<ProblemError> errors)
    {
        _refusedCount++;
        _hasNameless |= id is null;
        if (_refused.Count < MostRefused)
            _refused.Add(
                new RefusedFeature
                {
                    Index = index,
                    Id = id,
                    Errors = errors,
                }
            );
    }

    private async ValueTask<bool> HasSiteAsync(string siteId, CancellationToken cancellationToken)
    {
        if (!_sites.TryGetValue(siteId, out bool exists))
            _sites[siteId] = exists = await store.ExistsAsync(DocumentKind.Site, siteId, cancellationToken);
        return exists;
    }

    private async Task<List<string>> LackingAsync(string siteId, CancellationToken cancellationToken)
    {
        List<string> lacking = [];
        await foreach (Document fence in store.AllAsync(DocumentKind.Fence, new DocumentFilter(SiteId: siteId), cancellationToken))
        {
            if (!_named.Contains(fence.Id))
                lacking.Add(fence.Id);
        }

        return lacking;
    }

    // Every fence that is stored has a name.
    private async Task<int> CountStoredAsync(CancellationToken cancellationToken)
    {
        int stored = 0;
        foreach (string[] ids in _fences.Keys.Chunk(PageRequest.MaximumLimit))
            stored += (await documents.NamesAsync(DocumentKind.Fence, ids, cancellationToken)).Count;
        return stored;
    }

    private async Task CommitAsync(WrittenFence[] fences)
    {
        CommitUnit unit = new();
        foreach (WrittenFence fence in fences)
            unit.Effects.Add(
                fence.Put is { } put
                    ? new PutDocument(DocumentKind.Fence, fence.Id, put.Json)
                    : new DeleteDocument(DocumentKind.Fence, fence.Id)
            );
        await committer.CommitAsync(unit);
    }

    private Problem RefusedWhole() =>
        Problem.Unprocessable([
            .. _refused.SelectMany(feature =>
                feature.Errors.Select(error => error with { Pointer = $"/features/{feature.Index}{error.Pointer}" })
            ),
        ]) with
        {
            Refused = _refused,
        };
}
