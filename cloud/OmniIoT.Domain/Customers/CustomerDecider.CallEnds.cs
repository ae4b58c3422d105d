using System.Globalization;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Calls;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Figures;
using OmniIoT.Domain.Text;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Customers;

// What is left of a call: its end, its recording, and who goes on elsewhere.
public sealed partial class CustomerDecider
{
    /// <summary>False when it changes nothing.</summary>
    public Reply<bool> Handle(Decision decision, CallNews news)
    {
        if (news.EndedAs is not null && CallBackOf(news.MessageId) is { } made)
            return TakeEnd(decision, made, news);
        CallState? call = state.Facts.Calls.FirstOrDefault(one => one.Is(news.Channel, news.Sid));
        if (call is null || Find(call.ConversationId) is not { } conversation)
            return false;
        if (news.Transcription is { } words)
            Say(decision, conversation, Transcribed(decision, news, conversation, words));
        return news.EndedAs is null ? news.Transcription is not null : End(decision, call, news);
    }

    /// <summary>For people: the customer has said it already.</summary>
    private static ConversationMessage Transcribed(Decision decision, CallNews news, Conversation conversation, string words) =>
        Words(decision, new PostMessage(conversation.Id, PostMessage.OfCall, words), TimelineDirection.Internal, news.Channel) with
        {
            ExternalId = news.TranscriptionId,
        };

    /// <summary>The conversation goes where its customer went, with all that was said; false when nothing changes.</summary>
    public Reply<bool> ContinueInChat(Decision decision)
    {
        if ((Newest ?? state.Facts.Closed) is not { } last || last.Channel == ChannelKinds.WebChat)
            return false;
        if (decision.Moment.Catalog.FindChannel(last.Channel)?.Type == ChannelKinds.Voice)
            decision.Count(Measures.Deflected, FiguresOf(last));
        Conversation listening = Listening(decision, new ReceiveMessage(ChannelKinds.WebChat, Actor, last.Subject ?? Called, null));
        Conversation moved = listening with
        {
            Channel = ChannelKinds.WebChat,
            MenuCall = null,
            Channels = [.. listening.Channels.Append(ChannelKinds.WebChat).Distinct()],
        };
        Note(decision, moved, ChannelKinds.WebChat, "The caller goes on in the chat.");
        return true;
    }

    private bool End(Decision decision, CallState call, CallNews news)
    {
        if (call.IsOver)
            return false;
        Keep(call with { IsOver = true });
        if (Find(call.ConversationId) is not { } conversation)
            return true;
        string seconds = news.Seconds is { } length ? string.Create(CultureInfo.InvariantCulture, $" after {length} s") : "";
        conversation = Note(decision, conversation, call.Channel, $"Call ended: {news.EndedAs}{seconds}");
        Tell(decision, conversation, TimelineKind.CallEnded, SentenceKinds.CallEnded, Actor);
        // Nobody was asked for: the menu was enough, or was left.
        if (conversation.MenuCall == call.Sid)
            Move(
                decision,
                conversation with
                {
                    MenuCall = null,
                },
                conversation.IsInMenu ? ConversationStatus.Closed : conversation.Status,
                "system"
            );
        return true;
    }

    /// <summary>Calls whose end no provider told.</summary>
    private void EndLostCalls(Decision decision)
    {
        foreach (CallState call in state.Facts.Calls.Where(call => call.BegunAt + CallState.Longest <= decision.Moment.Now).ToList())
        {
            End(decision, call, new CallNews(call.Channel, call.Sid) { EndedAs = "unknown" });
            state.Facts = state.Facts with { Calls = [.. state.Facts.Calls.Where(other => !other.Is(call.Channel, call.Sid))] };
        }
    }

    private Instant? NextLostCall =>
        state.Facts.Calls.Count == 0 ? null : state.Facts.Calls.Min(static call => call.BegunAt) + CallState.Longest;

    /// <summary>A voicemail is words that a person is to answer.</summary>
    private Conversation TakeRecording(Decision decision, CallState known, Conversation conversation, ConversationMessage message) =>
        Enqueue(decision, Say(decision, conversation, message).Conversation, known.Acts[^1].Queue);

    private static string WordsOf(CallRecording recording) =>
        recording.Seconds is { } seconds
            ? string.Create(CultureInfo.InvariantCulture, $"Voicemail, {seconds} s: {recording.Address}")
            : $"Voicemail: {recording.Address}";
}
