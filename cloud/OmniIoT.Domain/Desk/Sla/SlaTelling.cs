using OmniIoT.Domain.Text;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Desk.Sla;

/// <summary>How the timeline says what is to be told of a clock.</summary>
internal static class SlaTelling
{
    public static string Kind(this SlaAlert alert) => alert.IsBreach ? TimelineKind.SlaBreached : TimelineKind.SlaWarning;

    public static Sentence Says(this SlaAlert alert) =>
        Sentence.Of(
            (alert.Target, alert.IsBreach) switch
            {
                (SlaTarget.FirstResponse, false) => SentenceKinds.SlaFirstResponseWarning,
                (SlaTarget.FirstResponse, true) => SentenceKinds.SlaFirstResponseBreached,
                (SlaTarget.NextResponse, false) => SentenceKinds.SlaNextResponseWarning,
                (SlaTarget.NextResponse, true) => SentenceKinds.SlaNextResponseBreached,
                (_, false) => SentenceKinds.SlaResolutionWarning,
                _ => SentenceKinds.SlaResolutionBreached,
            }
        );
}
