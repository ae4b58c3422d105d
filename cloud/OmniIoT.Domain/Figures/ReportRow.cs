namespace OmniIoT.Domain.Figures;

/// <summary>What all that was counted of one value comes to; what nothing was counted for is null, or none.</summary>
public sealed record ReportRow
{
    /// <summary>Conversations begun or reopened by the customer; of a bot, those that it answered first.</summary>
    public required long Contacts { get; init; }

    /// <summary>Cases.</summary>
    public required long Opened { get; init; }

    /// <summary>Cases that were resolved, or closed without.</summary>
    public required long Closed { get; init; }

    /// <summary>Cases closed for each hour that agents were there.</summary>
    public required double? ClosedPerAgentHour { get; init; }

    /// <summary>Hours that agents were there, available or busy; of a queue or channel, those who work for it.</summary>
    public required double? AgentHours { get; init; }

    /// <summary>The share of closed conversations that were not reopened, 0 to 1.</summary>
    public required double? FirstContactResolution { get; init; }

    /// <summary>From a contact's first message to a person's first answer; half waited less. Within 5 %.</summary>
    public required double? WaitSecondsP50 { get; init; }

    /// <inheritdoc cref="WaitSecondsP50"/>
    public required double? WaitSecondsP90 { get; init; }

    /// <summary>Contacts that ended without anybody's answer.</summary>
    public required long Abandoned { get; init; }

    public required long Transfers { get; init; }

    /// <summary>Times that an open conversation went on by another channel, counted where it went.</summary>
    public required long Switches { get; init; }

    /// <summary>Contacts within seven days of a conversation's end.</summary>
    public required long Repeats { get; init; }

    /// <summary>Calls that went on in a digital channel.</summary>
    public required long Deflected { get; init; }

    /// <summary>Contacts that a bot alone answered to their end.</summary>
    public required long Contained { get; init; }

    /// <summary>The mean satisfaction, 1 to 5.</summary>
    public required double? Csat { get; init; }

    /// <summary>Promises that were not kept.</summary>
    public required long Breached { get; init; }

    /// <summary>The mean from a device's first symptom to its case.</summary>
    public required double? TimeToDetectSeconds { get; init; }

    /// <summary>The mean from a device's first symptom until its owner was told.</summary>
    public required double? TimeToInformSeconds { get; init; }

    /// <summary>The mean from a device's first symptom to the end of its case.</summary>
    public required double? TimeToRepairSeconds { get; init; }

    /// <summary>Cases that a device or a rule opened.</summary>
    public required long OpenedBeforeContact { get; init; }

    /// <summary>Alarms that a command of the platform cured.</summary>
    public required long SelfHealed { get; init; }

    /// <summary>Cases whose repair the device's telemetry proved.</summary>
    public required long VerifiedRepairs { get; init; }

    // The way from a trouble to a word about its repair.

    /// <summary>Alarms that were raised.</summary>
    public required long Alarms { get; init; }

    /// <summary>Alarms of which the owner was told.</summary>
    public required long Informed { get; init; }

    /// <summary>Cases that a device or a rule opened, and of which its customer then said something.</summary>
    public required long Contacted { get; init; }

    /// <summary>Cases that a device or a rule opened, and that are over.</summary>
    public required long Repaired { get; init; }

    /// <summary>Answers to surveys after the case of a device.</summary>
    public required long Answered { get; init; }

    /// <param name="counted">By measure and bin, how often and how much in all.</param>
    /// <param name="ofBot">Whether what a bot began is meant.</param>
    public static ReportRow Of(IEnumerable<(string Measure, int Bin, long Times, long Sum)> counted, bool ofBot = false)
    {
        ILookup<string, (string Measure, int Bin, long Times, long Sum)> by = counted.ToLookup(
            static one => one.Measure,
            StringComparer.Ordinal
        );
        double? hours = Of(Measures.Worked) is > 0 ? Math.Round(by[Measures.Worked].Sum(static one => one.Sum) / 3_600.0, 2) : null;
        long ended = Of(Measures.Ended);
        return new ReportRow
        {
            Contacts = Of(ofBot ? Measures.BotContacts : Measures.Contacts),
            Opened = Of(Measures.Opened),
            Closed = Of(Measures.Closed),
            AgentHours = hours,
            ClosedPerAgentHour = hours > 0 ? Math.Round(Of(Measures.Closed) / hours.Value, 2) : null,
            FirstContactResolution = ended > 0 ? Math.Round(Math.Max(0, ended - Of(Measures.Resumed)) / (double)ended, 4) : null,
            WaitSecondsP50 = WaitBins.Percentile(by[Measures.Waits].Select(static one => (one.Bin, one.Times)), 0.5),
            WaitSecondsP90 = WaitBins.Percentile(by[Measures.Waits].Select(static one => (one.Bin, one.Times)), 0.9),
            Abandoned = Of(Measures.Abandoned),
            Transfers = Of(ofBot ? Measures.BotHandovers : Measures.Transfers),
            Switches = Of(Measures.Switches),
            Repeats = Of(Measures.Repeats),
            Deflected = Of(Measures.Deflected),
            Contained = Of(Measures.Contained),
            Csat = Mean(Measures.Csat),
            Breached = Of(Measures.Breached),
            TimeToDetectSeconds = Mean(Measures.Detect),
            TimeToInformSeconds = Mean(Measures.Inform),
            TimeToRepairSeconds = Mean(Measures.Repair),
            OpenedBeforeContact = Of(Measures.OpenedBeforeContact),
            SelfHealed = Of(Measures.SelfHealed),
            VerifiedRepairs = Of(Measures.VerifiedRepairs),
            Alarms = Of(Measures.Alarms),
            Informed = Of(Measures.Inform),
            Contacted = Of(Measures.Contacted),
            Repaired = Of(Measures.Repair),
            Answered = Of(Measures.Answered),
        };

        long Of(string measure) => by[measure].Sum(static one => one.Times);

        double? Mean(string measure) =>
            Of(measure) is > 0 and var times ? Math.Round(by[measure].Sum(static one => one.Sum) / (double)times, 2) : null;
    }
}
