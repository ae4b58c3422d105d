using OmniIoT.Devices.Time;
using OmniIoT.Domain.Figures;
using OmniIoT.Domain.Voice;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Voice;

/// <summary>What was counted of customers' words in a time.</summary>
internal sealed class VoiceFigures
{
    private readonly (string Channel, string Theme, Figure Figure)[] _all;
    private readonly string _theme;

    /// <param name="figures">By channel and theme.</param>
    /// <param name="filter">What is asked for; its times are the figures'.</param>
    public VoiceFigures(IReadOnlyList<Figure> figures, SaidFilter filter)
    {
        _theme = filter.Theme ?? "";
        _all =
        [
            .. figures
                .Select(static figure => (Of: Dimensions.ReadVoice(figure.Value), Figure: figure))
                .Where(one => filter.Channel is null || one.Of.Channel == filter.Channel)
                .Select(static one => (one.Of.Channel, one.Of.Theme, one.Figure)),
        ];
    }

    private IEnumerable<(string Channel, string Theme, Figure Figure)> OfTheme => _all.Where(one => one.Theme == _theme);

    public VoiceScoreView Score()
    {
        VoiceScore score = ScoreOf(OfTheme.Select(static one => one.Figure));
        return new VoiceScoreView(score.Csat, score.Nps, score.Ces, score.Answers, Asked(OfTheme.Select(static one => one.Figure)));
    }

    public IReadOnlyList<ChannelVoice> ByChannel() =>
        [
            .. OfTheme
                .GroupBy(static one => one.Channel, static one => one.Figure, StringComparer.Ordinal)
                .OrderBy(static channel => channel.Key, StringComparer.Ordinal)
                .Select(static channel => (channel.Key, Score: ScoreOf(channel), Asked: Asked(channel)))
                .Select(static one => new ChannelVoice(
                    one.Key,
                    one.Score.Csat,
                    one.Score.Nps,
                    one.Score.Ces,
                    one.Score.Answers,
                    one.Asked
                )),
        ];

    public TimeVoice At(Instant at)
    {
        VoiceScoreView score = Score();
        return new TimeVoice(at, score.Csat, score.Nps, score.Ces, score.Answers, score.Asked);
    }

    /// <param name="before">The same of the time before.</param>
    public IReadOnlyList<ThemeVoice> Themes(VoiceFigures before)
    {
        Dictionary<string, long> known = before.ByTheme().ToDictionary(static one => one.Theme, static one => one.Score.Answers);
        return
        [
            .. ByTheme()
                .Select(one => new ThemeVoice(
                    one.Theme,
                    one.Score.Answers,
                    one.Score.First,
                    one.Score.Answers - known.GetValueOrDefault(one.Theme)
                ))
                .OrderByDescending(static theme => theme.Mentions)
                .ThenBy(static theme => theme.Theme, StringComparer.Ordinal),
        ];
    }

    private IEnumerable<(string Theme, VoiceScore Score)> ByTheme() =>
        _all.Where(one => one.Theme.Length > 0 && (_theme.Length == 0 || one.Theme == _theme))
            .GroupBy(static one => one.Theme, static one => one.Figure, StringComparer.Ordinal)
            .Select(static theme => (theme.Key, ScoreOf(theme)));

    private static VoiceScore ScoreOf(IEnumerable<Figure> figures) =>
        VoiceScore.Of(figures.Select(static figure => (figure.Measure, figure.Bin, figure.Times)));

    private static long Asked(IEnumerable<Figure> figures) =>
        figures.Where(static figure => figure.Measure == Measures.Asked).Sum(static figure => figure.Times);
}
