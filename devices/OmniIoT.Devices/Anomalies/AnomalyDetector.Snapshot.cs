namespace OmniIoT.Devices.Anomalies;

public sealed partial class AnomalyDetector
{
    /// <summary>Of its state in a snapshot.</summary>
    internal static readonly int SnapshotBytes =
        SeriesViews.Bytes + AnomalyEvent.Bytes + (((int)AnomalyView.Count + 1) * TailFit.Bytes) + (3 * sizeof(double)) + sizeof(int);

    internal void Write(SnapshotWriter writer)
    {
        writer.Double(NewestScore);
        writer.Double(Low);
        writer.Double(High);
        writer.Int32((int)Reason);
        _views.Write(writer);
        _event.Write(writer);
        foreach (TailFit tail in _tails)
            tail.Write(writer);
        _overall.Write(writer);
    }

    internal void Read(ref SnapshotReader reader)
    {
        NewestScore = reader.Double();
        Low = reader.Double();
        High = reader.Double();
        Reason = (AnomalyReason)reader.Int32();
        _views.Read(ref reader);
        _event.Read(ref reader);
        foreach (TailFit tail in _tails)
            tail.Read(ref reader);
        _overall.Read(ref reader);
    }
}
