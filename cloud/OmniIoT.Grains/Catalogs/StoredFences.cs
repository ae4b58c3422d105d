using Microsoft.Extensions.Logging;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Places;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Catalogs;

/// <summary>
/// The index of the stored fences, kept in a file so that a start need not read and check them all: what changed since the file was
/// written comes from the log. A file that does not fit is as none.
/// </summary>
public sealed partial class StoredFences(
    GrainsOptions options,
    IDocumentQueries documents,
    ILogger<StoredFences> logger,
    ICatalogLog? log = null
)
{
    /// <summary>Fewer are read anew as fast as a file.</summary>
    private const int FewFences = 1000;

    /// <summary>Changes that are read one by one; with more, all documents are.</summary>
    private const int MostChanges = 10_000;

    /// <summary>How new the index was that was loaded last, in numbers of the log.</summary>
    public long Version { get; private set; }

    /// <param name="read">Null for a document that is not understood.</param>
    /// <param name="readAll">All fences, when there is no file that fits.</param>
    public async Task<FenceIndex> LoadAsync(
        Func<Document, Fence?> read,
        Func<CancellationToken, Task<IEnumerable<Fence>>> readAll,
        CancellationToken cancellationToken
    )
    {
        long version = log is null ? 0 : await log.LastAsync(cancellationToken);
        FenceIndex? index = TryOpen() is { } kept ? await CatchUpAsync(kept.Index, kept.Version, version, read, cancellationToken) : null;
        Version = version;
        return index ?? FenceIndex.Build(await readAll(cancellationToken));
    }

    /// <summary>What changed after a number of the log, oldest first; none where no file is kept.</summary>
    public ValueTask<IReadOnlyList<CatalogChange>> AfterAsync(long version, int limit, CancellationToken cancellationToken) =>
        options.FenceFile is null || log is null
            ? ValueTask.FromResult<IReadOnlyList<CatalogChange>>([])
            : log.AfterAsync(version, limit, cancellationToken);

    /// <summary>Writes the file, in one step. One that cannot be written is told: without it a start only takes longer.</summary>
    public void Save(FenceIndex index, long version)
    {
        if (options.FenceFile is not { } path || log is null || index.Count < FewFences)
            return;
        try
        {
            string beside = path + ".new";
            using (FileStream file = new(beside, FileMode.Create, FileAccess.Write))
            {
                index.Write(file, version);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogNotWritten(logger, path, error.Message);
        }
    }

    private (FenceIndex Index, long Version)? TryOpen()
    {
        if (log is null || !File.Exists(options.FenceFile))
            return null;
        try
        {
            using FileStream file = File.OpenRead(options.FenceFile);
            return FenceIndex.Read(file);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            LogNotUsable(logger, options.FenceFile, error.Message);
            return null;
        }
    }

    private async Task<FenceIndex?> CatchUpAsync(
        FenceIndex index,
        long from,
        long to,
        Func<Document, Fence?> read,
        CancellationToken cancellationToken
    )
    {
        if (from > to)
            return null;
        IReadOnlyList<CatalogChange> changes = await log!.AfterAsync(from, MostChanges + 1, cancellationToken);
        bool isWhole = changes.Count <= MostChanges && (changes.Count == 0 ? from == to : changes[0].Version == from + 1);
        if (!isWhole)
            return null;
        List<Fence> put = [];
        foreach (string id in changes.Where(change => change.Kind == DocumentKind.Fence).Select(change => change.Id).Distinct())
        {
            Document? document = await documents.FindAsync(DocumentKind.Fence, id, cancellationToken);
            if (document is not null && read(document) is { } fence)
                put.Add(fence);
            else
                index = index.Without(id);
        }

        index = index.With(put);
        Page<Document> stored = await documents.ListAsync(DocumentKind.Fence, new PageRequest(Limit: 1, Count: true), cancellationToken);
        return stored.Total == index.Count ? index : null;
    }

    [LoggerMessage(1303, LogLevel.Warning, "The fences are read anew, because the file '{Path}' cannot be used: {Reason}")]
    private static partial void LogNotUsable(ILogger logger, string? path, string reason);

    [LoggerMessage(1304, LogLevel.Warning, "The file '{Path}' of the fences cannot be written: {Reason}")]
    private static partial void LogNotWritten(ILogger logger, string path, string reason);
}
