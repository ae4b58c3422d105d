using System.Collections.Frozen;
using OmniIoT.Channels.Outbound;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Inbound;

/// <summary>
/// Gets the files that a message tells of before the provider is answered, bounded in time, number and memory: what does not come is said
/// in the message, and holds up nothing else.
/// </summary>
public sealed class MediaFetcher(IEnumerable<IMediaSource> sources, TimeProvider time) : IDisposable
{
    /// <summary>For all files of a message. Twilio waits 15 s for its answer, the others longer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Of one message; Twilio's have at most ten, the others' one.</summary>
    private const int MostFiles = 10;

    /// <summary>Of 20 MiB each, in memory at once.</summary>
    private const int FilesAtOnce = 4;

    private readonly FrozenDictionary<string, IMediaSource> _sources = sources.ToFrozenDictionary(
        static source => source.Type,
        StringComparer.Ordinal
    );

    private readonly SemaphoreSlim _room = new(FilesAtOnce);

    /// <summary>Gets each in turn and hands it on at once.</summary>
    /// <param name="take">What came of a file; called for each of them.</param>
    public async ValueTask FetchAsync(
        Channel channel,
        IReadOnlyList<ReceivedLink> links,
        Func<ReceivedLink, FetchedFile, ValueTask> take,
        CancellationToken cancellationToken
    )
    {
        if (links.Count == 0)
            return;
        using CancellationTokenSource late = new(Patience, time);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        foreach ((int number, ReceivedLink link) in links.Index())
        {
            FetchedFile file =
                number < MostFiles
                    ? await FetchAsync(channel, link, take, end.Token)
                    : FetchedFile.Missing($"there are more than {MostFiles}");
            cancellationToken.ThrowIfCancellationRequested();
            if (file.Content is null)
                await take(link, file);
        }
    }

    public void Dispose() => _room.Dispose();

    private async ValueTask<FetchedFile> FetchAsync(
        Channel channel,
        ReceivedLink link,
        Func<ReceivedLink, FetchedFile, ValueTask> take,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await _room.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return Late;
        }
        try
        {
            FetchedFile file = await _sources[channel.Type].FetchAsync(channel, link.Reference, cancellationToken);
            if (file.Content is not null)
                await take(link, file);
            return file;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Late;
        }
        finally
        {
            _room.Release();
        }
    }

    private static FetchedFile Late => FetchedFile.Missing($"it did not come within {Patience.TotalSeconds} s");
}
