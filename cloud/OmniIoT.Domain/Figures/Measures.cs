namespace OmniIoT.Domain.Figures;

/// <summary>What is counted, by the names under which it is stored.</summary>
public static class Measures
{
    /// <summary>Conversations begun or reopened by the customer.</summary>
    public const string Contacts = "contacts";

    /// <summary>Contacts of who had one that was closed a short while before.</summary>
    public const string Repeats = "repeats";

    /// <summary>Conversations that ended; at their end.</summary>
    public const string Ended = "ended";

    /// <summary>Of those that ended, such as began again; at the end that was none.</summary>
    public const string Resumed = "resumed";

    /// <summary>Contacts that ended without an answer of anybody.</summary>
    public const string Abandoned = "abandoned";

    /// <summary>Contacts that a bot alone answered to their end.</summary>
    public const string Contained = "contained";

    /// <summary>Contacts that a bot answered first.</summary>
    public const string BotContacts = "botContacts";

    /// <summary>Contacts that a bot handed over.</summary>
    public const string BotHandovers = "botHandovers";

    /// <summary>Calls that went on in a digital channel.</summary>
    public const string Deflected = "deflected";

    /// <summary>Times that an open conversation went on by another channel.</summary>
    public const string Switches = "switches";

    public const string Transfers = "transfers";

    /// <summary>Seconds from the first message of a contact to a person's first answer; binned.</summary>
    public const string Waits = "waits";

    /// <summary>Cases.</summary>
    public const string Opened = "opened";

    /// <summary>Cases that were resolved, or closed without.</summary>
    public const string Closed = "closed";

    /// <summary>Seconds that agents were there, available or busy; for queues and channels of those who work for them.</summary>
    public const string Worked = "worked";

    /// <summary>Promises that were not kept.</summary>
    public const string Breached = "breached";

    /// <summary>Seconds from a device's first symptom to its case.</summary>
    public const string Detect = "detect";

    /// <summary>Seconds from a device's first symptom until its owner was told.</summary>
    public const string Inform = "inform";

    /// <summary>Seconds from a device's first symptom to the end of its case.</summary>
    public const string Repair = "repair";

    /// <summary>Cases that a device or a rule opened.</summary>
    public const string OpenedBeforeContact = "openedBeforeContact";

    /// <summary>Alarms that were raised.</summary>
    public const string Alarms = "alarms";

    /// <summary>Cases of devices that their customers wrote about.</summary>
    public const string Contacted = "contacted";

    /// <summary>Answers to surveys after the case of a device.</summary>
    public const string Answered = "answered";

    /// <summary>Alarms that a command of the platform cured.</summary>
    public const string SelfHealed = "selfHealed";

    /// <summary>Cases whose repair the device's telemetry proved.</summary>
    public const string VerifiedRepairs = "verifiedRepairs";

    /// <summary>Surveys that were sent.</summary>
    public const string Asked = "asked";

    /// <summary>Scores; the bin is the score.</summary>
    public const string Csat = "csat";

    /// <inheritdoc cref="Csat"/>
    public const string Nps = "nps";

    /// <inheritdoc cref="Csat"/>
    public const string Ces = "ces";
}
