using OmniIoT.Devices.Time;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Figures;
using OmniIoT.Domain.Voice;
using OmniIoT.Ports.Queries;
using Xunit;

namespace OmniIoT.TestKit.Storage;

/// <summary>What customers were asked and said, and what is counted.</summary>
public abstract class VoiceContract : StoreContract
{
    private static readonly SaidFilter Ever = new(Samples.At(-1_000_000), Samples.At(1_000_000));

    [Fact]
    public async Task A_question_is_found_by_its_token_as_it_was_last_written()
    {
        Commit(new PutSurveyRequest(Asked("r1")));
        Commit(new PutSurveyRequest(Answered("r1", 60, 4, "Quick")));

        SurveyRequest found = (await Store.Surveys.FindAsync("token-r1", Cancel))!;

        Assert.Equal((4, "Quick", Samples.At(60)), (found.Score, found.Text, found.AnsweredAt));
        Assert.Null(await Store.Surveys.FindAsync("token-r2", Cancel));
    }

    [Fact]
    public async Task Words_are_listed_by_channel_theme_and_time_the_newest_first()
    {
        Commit(
            new PutSurveyRequest(Answered("r1", 10, 1, "Loud") with { Themes = ["noise"] }),
            new PutSurveyRequest(Answered("r2", 20, 2, "Loud and late") with { Themes = ["delivery", "noise"], Channel = "mail" }),
            new PutSurveyRequest(Answered("r3", 30, 5, null)),
            new PutSurveyRequest(Answered("r4", 40, 5, "Good")),
            new PutSurveyRequest(Asked("r5"))
        );

        Assert.Equal(["r4", "r2", "r1"], await Said(Ever));
        Assert.Equal(["r2", "r1"], await Said(Ever with { Theme = "noise" }));
        Assert.Equal(["r2"], await Said(Ever with { Theme = "noise", Channel = "mail" }));
        Assert.Equal(["r4", "r1"], await Said(Ever with { Channel = "sms" }));
        Assert.Equal(["r1"], await Said(new SaidFilter(Samples.At(10), Samples.At(20))));
    }

    [Fact]
    public async Task What_an_erased_customer_said_is_gone_and_what_was_counted_stays()
    {
        Commit(
            new PutSurveyRequest(Answered("r1", 10, 1, "Loud") with { Themes = ["noise"] }),
            new PutSurveyRequest(Answered("r2", 20, 1, "Loud") with { Themes = ["noise"], CustomerId = "c2" }),
            Count("csat", 10, 1)
        );

        Commit(new EraseCustomer("c1"));

        Assert.Null(await Store.Surveys.FindAsync("token-r1", Cancel));
        Assert.Equal(["r2"], await Said(Ever with { Theme = "noise" }));
        Assert.Single(await Figures(Dimensions.All));
    }

    [Fact]
    public async Task What_is_counted_adds_up_over_commits_at_every_level()
    {
        Commit(Count("contacts", 0, 1), Count("contacts", 5, 1));
        Commit(Count("contacts", 3_600, 1), Count("contacts", 90_000, 1));
        Instant day = FigureLevel.Day.SlotOf(Samples.At(0));

        Figure quarter = Assert.Single(
            await Store.Figures.ReadAsync(
                Dimensions.Queue,
                new FigureRange(FigureLevel.Quarter, FigureLevel.Quarter.SlotOf(Samples.At(0)), Samples.At(1)),
                Cancel
            )
        );
        Figure whole = Assert.Single(
            await Store.Figures.ReadAsync(Dimensions.Queue, new FigureRange(FigureLevel.Day, day, day + TimeSpan.FromDays(3)), Cancel)
        );

        Assert.Equal(("washers", "contacts", 2, 20), (quarter.Value, quarter.Measure, quarter.Times, quarter.Sum));
        Assert.Equal((4, 40), (whole.Times, whole.Sum));
    }

    [Fact]
    public async Task Bins_and_values_are_kept_apart()
    {
        Commit(Count("csat", 0, 1), Count("csat", 0, 1), Count("csat", 0, 5));

        Assert.Equal(
            [("washers", 1, 2), ("washers", 5, 1)],
            (await Figures(Dimensions.Queue)).Select(static figure => (figure.Value, figure.Bin, (int)figure.Times))
        );
        Assert.Equal(["sms\n", "sms\nnoise"], (await Figures(Dimensions.Voice)).Select(static figure => figure.Value).Distinct());
    }

    private static SurveyRequest Asked(string id) =>
        new()
        {
            Id = id,
            Token = "token-" + id,
            SurveyId = "s1",
            Type = SurveyType.Csat,
            Question = "How was it?",
            Locale = "en",
            CustomerId = "c1",
            Channel = "sms",
            Of = new SurveySubject { CaseId = "k1" },
            SentAt = Samples.At(0),
            FollowUpBelow = null,
        };

    private static SurveyRequest Answered(string id, int atSeconds, int score, string? text) =>
        Asked(id) with
        {
            AnsweredAt = Samples.At(atSeconds),
            Score = score,
            Text = text,
        };

    private static CountFigure Count(string measure, int atSeconds, int bin) =>
        new(
            measure,
            new FigureSubject
            {
                Channel = "sms",
                Queue = "washers",
                Themes = ["noise"],
            },
            Samples.At(atSeconds)
        )
        {
            Times = 1,
            Sum = 10,
            Bin = bin,
        };

    private async Task<IEnumerable<string>> Said(SaidFilter filter) =>
        (await AllPages(page => Store.Surveys.SaidAsync(filter, page, Cancel), 1)).Select(static request => request.Id);

    private ValueTask<IReadOnlyList<Figure>> Figures(string dimension)
    {
        Instant day = FigureLevel.Day.SlotOf(Samples.At(0));
        return Store.Figures.ReadAsync(dimension, new FigureRange(FigureLevel.Day, day, day + TimeSpan.FromDays(2)), Cancel);
    }
}
