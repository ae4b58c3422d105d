using System.Text.Json.Nodes;
using OmniIoT.Devices.Topics;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Figures;
using OmniIoT.Domain.Text;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Customers;

// What a customer hears of their devices' alarms, whichever device raises them.
public sealed partial class CustomerDecider
{
    /// <summary>A notice that could not be handed over within a day is only on the timeline.</summary>
    private static readonly TimeSpan NoticeLifetime = TimeSpan.FromDays(1);

    /// <summary>
    /// How the reference of a notice begins that concerns this customer: it may wait for somebody they were merged into, and goes when
    /// they are erased.
    /// </summary>
    public static string NoticeReference(string customerId) => $"notice:{customerId}:";

    /// <summary>
    /// Tells of an alarm, unless it is old news by now or the customer heard of its like a moment ago. The words stand on the timeline
    /// in this commit; the apps get them from the outbox.
    /// </summary>
    public void Handle(Decision decision, NoticeDue notice)
    {
        if (decision.Moment.IsStale(notice.At) || !TryBreakSilence(decision.Moment, notice.AlarmType))
            return;
        TimelineEntry entry = decision.Moment.Entry(
            new Happening(TimelineKind.MessageSent, "system", Sentence.Of(SentenceKinds.Notice), notice.Text)
            {
                CustomerId = notice.CustomerId,
                At = notice.At,
                Channel = "app",
                Direction = TimelineDirection.Out,
                Refs = new TimelineRefs
                {
                    DeviceId = notice.DeviceId,
                    AlarmId = notice.AlarmId,
                    CaseId = notice.CaseId,
                },
            }
        );
        decision.Emit(new AppendTimeline(entry));
        if (notice.FirstSymptomAt is { } symptom)
            decision.CountSeconds(
                Measures.Inform,
                new FigureSubject { Channel = "app", Model = notice.Model },
                decision.Moment.Now - symptom
            );
        JsonObject payload = new()
        {
            ["id"] = entry.Id,
            ["at"] = entry.At.ToString(),
            ["text"] = notice.Text,
            ["deviceId"] = notice.DeviceId,
        };
        SendDown(
            decision,
            PlatformTopics.Messages,
            OmniJson.Utf8(payload),
            NoticeReference(notice.CustomerId) + entry.Id,
            decision.Moment.Now + NoticeLifetime
        );
    }

    private bool TryBreakSilence(Moment moment, string alarmType)
    {
        List<NoticeGiven> recent = [.. state.Facts.Notices.Where(given => moment.Now - given.At < NoticeGiven.Rest)];
        if (recent.Any(given => given.AlarmType == alarmType))
            return false;
        state.Facts = state.Facts with { Notices = [.. recent, new NoticeGiven(alarmType, moment.Now)] };
        return true;
    }
}
