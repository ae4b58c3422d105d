using System.Globalization;
using OmniIoT.Channels.Inbound;
using OmniIoT.Devices;
using OmniIoT.Domain.Calls;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Customers;

namespace OmniIoT.Channels.Twilio;

/// <summary>
/// Reads calls in Twilio's form (twilio.com/docs/voice/twiml#request-parameters). What a caller did wrongly, or what the provider says in a
/// way that is not known, is answered with TwiML all the same: somebody is on the line.
/// </summary>
public sealed class VoiceReader : IWebhookReader
{
    private const int MaxSid = 64;
    private const int MaxDigits = 32;
    private const int MaxSpeech = 2_000;
    private const int MaxAddress = 2_000;
    private const int MaxTranscription = 10_000;

    private static readonly WebhookAnswer NoAnswer = new(Twiml.ContentType, Twiml.Nothing);

    public string Type => ChannelKinds.Voice;

    public IReadOnlyList<string> Parts { get; } = [WebhookCall.Voice, WebhookCall.VoiceStatus];

    public int MaximumBytes => 64 * 1024;

    public WebhookReading Read(Channel channel, WebhookCall call)
    {
        if (TwilioForm.Read(call.Body) is not { } form || !TwilioSignature.IsRight(call, form, channel.Require("authToken")))
            return new WebhookReading.Refused();
        if (form["CallSid"] is not { } sid)
            return new WebhookReading.Malformed("/CallSid", "is missing");
        if (sid.Length > MaxSid || !Identifier.IsValid(sid))
            return new WebhookReading.Malformed("/CallSid", $"must be 1 to {MaxSid} letters and digits");
        return call.Part == WebhookCall.VoiceStatus ? ReadNews(channel, sid, form) : ReadTurn(channel, sid, call, form);
    }

    private static WebhookReading.Asked ReadTurn(Channel channel, string sid, WebhookCall call, TwilioForm form) =>
        new(
            new TakeCall
            {
                Channel = channel.Id,
                Sid = sid,
                From = CallerOf(channel, sid, form["From"]),
                Turn = Number(call.Query["turn"]),
                Input = new CallInput(Words(form["Digits"], MaxDigits), Words(form["SpeechResult"], MaxSpeech)),
                IsSilence = call.Query["silent"] == "true",
                IsWaiting = call.Query["waiting"] == "true",
                Recording = RecordingOf(form),
            },
            Say
        );

    private static WebhookAnswer Say(CallAnswer answer) =>
        new(
            Twiml.ContentType,
            answer.Place is { } place
                ? Twiml.Waiting(answer.Acts[^1], place, answer.Locale)
                : Twiml.Of(answer.Acts, answer.Locale, answer.Turn)
        );

    private static WebhookReading.Taken ReadNews(Channel channel, string sid, TwilioForm form) =>
        new()
        {
            News = new CallNews(channel.Id, sid)
            {
                EndedAs = EndOf(form["CallStatus"], form["TranscriptionText"]),
                Seconds = Number(form["CallDuration"]),
                Transcription = Words(form["TranscriptionText"], MaxTranscription),
            },
            Answer = NoAnswer,
        };

    /// <summary>A transcription comes with the call's status as it was, which is no news.</summary>
    private static string? EndOf(string? status, string? transcription) =>
        transcription is null && status is "completed" or "busy" or "failed" or "no-answer" or "canceled" ? status : null;

    /// <summary>Who hides their number is a caller of this call alone: no two of them are one customer.</summary>
    private static Identity CallerOf(Channel channel, string sid, string? from)
    {
        string? number = from is null ? null : IdentityForm.Phone(from, channel.Region);
        return number is null ? new Identity("call", sid) : new Identity("phone", number);
    }

    private static CallRecording? RecordingOf(TwilioForm form) =>
        form["RecordingUrl"] is { Length: <= MaxAddress } address
        && Uri.TryCreate(address, UriKind.Absolute, out Uri? uri)
        && uri.Scheme is "http" or "https"
            ? new CallRecording(address, Number(form["RecordingDuration"]))
            : null;

    /// <summary>Null for nothing; what nobody says is left out.</summary>
    private static string? Words(string? text, int most)
    {
        if (text is null)
            return null;
        string said = string.Concat(text.Where(static c => !char.IsControl(c) || c == '\n')).Trim();
        return said.Length == 0 ? null : TextCut.Shortened(said, most);
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
