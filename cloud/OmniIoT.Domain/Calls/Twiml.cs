using System.Globalization;
using System.Text;
using System.Xml;
using OmniIoT.Domain.Answers;

namespace OmniIoT.Domain.Calls;

/// <summary>
/// Writes steps of calls as TwiML (twilio.com/docs/voice/twiml). Addresses are relative to the channel's <c>voice</c>, which is where the
/// provider is when it reads them. Pure.
/// </summary>
public static class Twiml
{
    public const string ContentType = "text/xml";

    /// <summary>The answer where nothing is to be heard.</summary>
    public static string Nothing { get; } = Write(static _ => { });

    /// <summary>Music that the provider gives its customers (twilio.com/docs/voice/twiml/play).</summary>
    private const string UsualMusic = "https://com.twilio.music.classical.s3.amazonaws.com/BusyStrings.mp3";

    private const int SilentSeconds = 20;
    private const int LongestRecordingSeconds = 120;

    /// <param name="turn">The number of the turn that comes next: an answer to it is told from a repetition.</param>
    public static string Of(IReadOnlyList<CallAct> acts, string locale, int turn) =>
        Write(xml =>
        {
            for (int i = 0; i < acts.Count; i++)
            {
                int gather = GatherAfter(acts, i);
                if (gather < 0)
                    Write(xml, acts[i], locale, turn);
                else
                {
                    // What stands before a question can be interrupted by its answer.
                    Gather(xml, acts, i, gather, locale, turn);
                    i = gather;
                }
            }
        });

    /// <summary>What is heard by somebody who waits in a queue; asked for again at its end.</summary>
    /// <param name="place">What is said of the place; empty: nothing.</param>
    public static string Waiting(CallAct queue, string place, string locale) =>
        Write(xml =>
        {
            Say(xml, place, locale);
            if (queue.IsSilent)
                Element(xml, "Pause", ("length", Text(SilentSeconds)));
            else
                xml.WriteElementString("Play", Clean(queue.Music ?? UsualMusic));
        });

    /// <summary>What somebody hears who is called back: who calls, then the queue in which a person takes over.</summary>
    public static string Calling(string text, string queue, string locale) =>
        Write(xml =>
        {
            Say(xml, text, locale);
            xml.WriteElementString("Enqueue", Clean(queue));
        });

    private static int GatherAfter(IReadOnlyList<CallAct> acts, int from)
    {
        int at = from;
        while (at < acts.Count && acts[at].Kind is CallActKind.Say)
            at++;
        return at < acts.Count && acts[at].Kind is CallActKind.Gather ? at : -1;
    }

    private static void Gather(XmlWriter xml, IReadOnlyList<CallAct> acts, int from, int at, string locale, int turn)
    {
        CallAct gather = acts[at];
        xml.WriteStartElement("Gather");
        xml.WriteAttributeString("input", gather.Speech ? "dtmf speech" : "dtmf");
        xml.WriteAttributeString("numDigits", Text(gather.Digits));
        xml.WriteAttributeString("action", Address(turn));
        xml.WriteAttributeString("method", "POST");
        if (gather.Speech)
        {
            xml.WriteAttributeString("language", LanguageOf(locale));
            xml.WriteAttributeString("speechTimeout", "auto");
            if (gather.Hints.Count > 0)
                xml.WriteAttributeString("hints", Clean(string.Join(", ", gather.Hints)));
        }
        for (int i = from; i < at; i++)
            Say(xml, acts[i].Text, locale);
        xml.WriteEndElement();
        // Silence: the provider goes on behind the question.
        Redirect(xml, $"{Address(turn)}&silent=true");
    }

    private static void Write(XmlWriter xml, CallAct act, string locale, int turn)
    {
        switch (act.Kind)
        {
            case CallActKind.Say:
                Say(xml, act.Text, locale);
                break;
            case CallActKind.Queue:
                xml.WriteStartElement("Enqueue");
                xml.WriteAttributeString("waitUrl", "voice?waiting=true");
                xml.WriteAttributeString("waitUrlMethod", "POST");
                xml.WriteString(Clean(act.Queue ?? ""));
                xml.WriteEndElement();
                break;
            case CallActKind.Voicemail:
                Element(
                    xml,
                    "Record",
                    ("action", Address(turn)),
                    ("method", "POST"),
                    ("maxLength", Text(LongestRecordingSeconds)),
                    ("playBeep", "true"),
                    ("transcribe", "true"),
                    ("transcribeCallback", "voice/status")
                );
                break;
            case CallActKind.Hangup:
                xml.WriteStartElement("Hangup");
                xml.WriteEndElement();
                break;
        }
    }

    private static void Say(XmlWriter xml, string text, string locale)
    {
        if (text.Length == 0)
            return;
        xml.WriteStartElement("Say");
        xml.WriteAttributeString("language", LanguageOf(locale));
        xml.WriteString(Clean(text));
        xml.WriteEndElement();
    }

    private static void Redirect(XmlWriter xml, string address)
    {
        xml.WriteStartElement("Redirect");
        xml.WriteAttributeString("method", "POST");
        xml.WriteString(address);
        xml.WriteEndElement();
    }

    private static void Element(XmlWriter xml, string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        xml.WriteStartElement(name);
        foreach ((string attribute, string value) in attributes)
            xml.WriteAttributeString(attribute, value);
        xml.WriteEndElement();
    }

    private static string Write(Action<XmlWriter> write)
    {
        StringBuilder text = new("""<?xml version="1.0" encoding="UTF-8"?>""");
        using (XmlWriter xml = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement("Response");
            write(xml);
            xml.WriteEndElement();
        }
        return text.ToString();
    }

    private static string Address(int turn) => "voice?turn=" + Text(turn);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Without the characters that XML cannot say (XML 1.0, 2.2).</summary>
    private static string Clean(string text)
    {
        StringBuilder clean = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i]))
                clean.Append(text[i]);
            else if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
                clean.Append(text[i]).Append(text[++i]);
        }
        return clean.ToString();
    }

    private static string LanguageOf(string locale) =>
        locale switch
        {
            Locales.Azerbaijani => "az-AZ",
            Locales.Arabic => "ar-AE",
            Locales.Armenian => "hy-AM",
            Locales.Persian => "fa-IR",
            _ => "en-US",
        };
}
