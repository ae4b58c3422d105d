using System.Collections.Frozen;
using OmniIoT.Domain.Figures;

namespace OmniIoT.Api.Reports;

/// <summary>A report that there is.</summary>
/// <param name="By">What its rows are of where nothing is said.</param>
internal sealed record ReportKind(string Name, string By)
{
    public static FrozenDictionary<string, ReportKind> All { get; } =
        new ReportKind[]
        {
            new("channels", Dimensions.Channel),
            new("agents", Dimensions.Agent),
            new("queues", Dimensions.Queue),
            new("cases", Dimensions.Queue),
            new("bot", Dimensions.Bot),
            new(Voice, Dimensions.Channel),
            new("sla", Dimensions.Queue),
            new("devices", Dimensions.Model),
        }.ToFrozenDictionary(static kind => kind.Name, StringComparer.Ordinal);

    public static string[] Dimension { get; } =
    [Dimensions.Channel, Dimensions.Queue, Dimensions.Agent, Dimensions.Model, Dimensions.Bot, Dimensions.All];

    private const string Voice = "voice";

    /// <summary>Whether by channel only those are meant that carry calls.</summary>
    public bool IsOfCalls => Name == Voice;
}
