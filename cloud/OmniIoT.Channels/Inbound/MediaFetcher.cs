using System.Collections.Frozen;
using OmniIoT.Channels.Outbound;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Inbound;

/// <summary>
/// Gets the files that a message tells of before the provider is answered, bounded in time, number and memory: what does not come is said
/// in the message, and holds up nothing else. Where only time or room is missing, the provider is to tell it again.
/// </summary>
public sealed class MediaFetcher(IEnumerable<IMediaSource> sources, TimeProvider time) : IDisposable
{
    /// <summary>For all files of a call. Twilio waits 15 s for its answer, the others longer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Of one message; Twilio's have at most ten, the others' one.</summary>
    private const int MostFiles = 10;

    private readonly FrozenDictionary<string, IMediaSource> _sources = sources.ToFrozenDictionary(
        static source => source.Type,
        StringComparer.Ordinal
    );

    private readonly MediaRoom _room = new();

    /// <summary>Begins what a call tells of; its token is cancelled once nothing is waited for any more.</summary>
    public CancellationTokenSource Begin() => new(Patience, time);

    /// <summary>Gets each in turn and hands it on at once.</summary>
    /// <param name="take">What came of a file; called for each of them.</param>
    /// <param name="late">Of <see cref="Begin"/>.</param>
    /// <exception cref="NoRoomException">
    /// There is no room, or no time is left for the first of them; thrown only where the provider tells it again.
    /// </exception>
    public async ValueTask FetchAsync(
        Channel channel,
        IReadOnlyList<ReceivedLink> links,
        Func<ReceivedLink, FetchedFile, ValueTask> take,
        CancellationToken late,
        CancellationToken cancellationToken
    )
    {
        if (links.Count == 0)
            return;
        IMediaSource source = _sources[channel.Type];
        if (late.IsCancellationRequested && source.IsToldAgain)
            throw new NoRoomException();
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(late, cancellationToken);
        foreach ((int number, ReceivedLink link) in links.Index())
        {
            FetchedFile file =
                number < MostFiles
                    ? await FetchAsync(source, channel, link, take, end.Token)
                    : FetchedFile.Missing($"there are more than {MostFiles}");
            cancellationToken.ThrowIfCancellationRequested();
            if (file.Content is null)
                await take(link, file);
        }
    }

    public void Dispose() => _room.Dispose();

    private async ValueTask<FetchedFile> FetchAsync(
        IMediaSource source,
        Channel channel,
        ReceivedLink link,
        Func<ReceivedLink, FetchedFile, ValueTask> take,
        CancellationToken cancellationToken
    )
    {
        using MediaPlace place = _room.PlaceOf(channel);
        try
        {
            FetchedFile file = await source.FetchAsync(channel, link.Reference, place, cancellationToken);
            if (file.Content is not null)
                await take(link, file);
            return file;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return FetchedFile.Missing($"it did not come within {Patience.TotalSeconds} s");
        }
        catch (NoRoomException error) when (!source.IsToldAgain)
        {
            return FetchedFile.Missing(error.Message);
        }
    }
}
