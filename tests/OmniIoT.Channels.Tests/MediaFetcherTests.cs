using Microsoft.Extensions.Time.Testing;
using OmniIoT.Channels.Inbound;
using OmniIoT.Channels.Outbound;
using OmniIoT.Channels.Tests.Adapters;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Channels.Tests;

public sealed class MediaFetcherTests
{
    private static readonly Channel Channel = Sample.Channel("sms", "{}");

    private readonly FakeTimeProvider _time = FakeTime.AtNoon();
    private readonly List<string> _came = [];
    private readonly List<string?> _missing = [];

    [Fact]
    public async Task Of_too_many_files_the_first_come_and_the_others_are_said()
    {
        using MediaFetcher fetcher = new([new Store()], _time);
        using CancellationTokenSource late = fetcher.Begin();

        await fetcher.FetchAsync(Channel, Links(12), TakeAsync, late.Token, TestContext.Current.CancellationToken);

        Assert.Equal(Enumerable.Range(1, 10).Select(static number => $"file{number}"), _came);
        Assert.Equal(["there are more than 10", "there are more than 10"], _missing);
    }

    [Fact]
    public async Task A_provider_that_says_nothing_holds_its_answer_up_no_longer_than_it_waits()
    {
        Store store = new() { HangsFrom = 2 };
        using MediaFetcher fetcher = new([store], _time);
        using CancellationTokenSource late = fetcher.Begin();

        Task fetching = fetcher.FetchAsync(Channel, Links(3), TakeAsync, late.Token, TestContext.Current.CancellationToken).AsTask();
        await Awaited.Within(store.Hanging, "a file that does not come");
        _time.Advance(MediaFetcher.Patience);
        await Awaited.Within(fetching, "the end of waiting");

        Assert.Equal(["file1"], _came);
        Assert.Equal(["it did not come within 10 s", "it did not come within 10 s"], _missing);
    }

    [Fact]
    public async Task Who_is_gone_is_waited_for_by_nobody()
    {
        using CancellationTokenSource gone = new();
        Store store = new() { HangsFrom = 1 };
        using MediaFetcher fetcher = new([store], _time);
        using CancellationTokenSource late = fetcher.Begin();

        Task fetching = fetcher.FetchAsync(Channel, Links(2), TakeAsync, late.Token, gone.Token).AsTask();
        await Awaited.Within(store.Hanging, "a file that does not come");
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Awaited.Within(fetching, "the end"));
        Assert.Empty(_missing);
    }

    [Fact]
    public async Task Where_no_time_is_left_for_a_message_its_provider_is_to_tell_it_again()
    {
        using MediaFetcher fetcher = new([new Store { IsToldAgain = true }], _time);
        using CancellationTokenSource late = fetcher.Begin();
        _time.Advance(MediaFetcher.Patience);

        await Assert.ThrowsAsync<NoRoomException>(async () =>
            await fetcher.FetchAsync(Channel, Links(1), TakeAsync, late.Token, TestContext.Current.CancellationToken)
        );

        Assert.Empty(_missing);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_only_room_is_missing_a_file_is_told_again_or_said_and_other_channels_have_theirs(bool isToldAgain)
    {
        Store store = new() { IsToldAgain = isToldAgain, HangsFrom = 2 };
        using MediaFetcher fetcher = new([store], _time);
        using CancellationTokenSource late = fetcher.Begin();
        using CancellationTokenSource leave = new();
        Task holding = fetcher.FetchAsync(Channel, [new ReceivedLink("2", "holding")], TakeAsync, default, leave.Token).AsTask();
        await Awaited.Within(store.Hanging, "a file that does not come");

        Task waiting = fetcher.FetchAsync(Channel, Links(1), TakeAsync, late.Token, TestContext.Current.CancellationToken).AsTask();
        Channel other = Channel with { Id = "other" };
        await fetcher.FetchAsync(other, Links(1), TakeAsync, default, TestContext.Current.CancellationToken);
        _time.Advance(MediaFetcher.Patience);
        Exception? thrown = await Record.ExceptionAsync(() => Awaited.Within(waiting, "the end of waiting"));
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Awaited.Within(holding, "the end"));

        Assert.Equal(["file1"], _came);
        Assert.Equal(isToldAgain, thrown is NoRoomException);
        Assert.Equal(isToldAgain ? [] : ["Too much comes in at once."], _missing);
    }

    private static IReadOnlyList<ReceivedLink> Links(int count) =>
        [.. Enumerable.Range(1, count).Select(static number => new ReceivedLink($"{number}", $"file{number}"))];

    private ValueTask TakeAsync(ReceivedLink link, FetchedFile file)
    {
        if (file.Content is null)
            _missing.Add(file.Why);
        else
            _came.Add(link.Name);
        return ValueTask.CompletedTask;
    }

    /// <summary>Has every file, each of 30 MiB as it says, and from one on gives none away.</summary>
    private sealed class Store : IMediaSource
    {
        private readonly TaskCompletionSource _hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int HangsFrom { get; init; } = int.MaxValue;

        public bool IsToldAgain { get; init; }

        public Task Hanging => _hanging.Task;

        public string Type => ChannelKinds.Sms;

        public async ValueTask<FetchedFile> FetchAsync(
            Channel channel,
            string reference,
            MediaPlace place,
            CancellationToken cancellationToken
        )
        {
            await place.TakeAsync(30 << 20, cancellationToken);
            if (int.Parse(reference, System.Globalization.CultureInfo.InvariantCulture) < HangsFrom)
                return new FetchedFile([1], null);
            _hanging.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return FetchedFile.Missing("never");
        }
    }
}
