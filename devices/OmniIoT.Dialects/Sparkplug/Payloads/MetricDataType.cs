namespace OmniIoT.Dialects.Sparkplug.Payloads;

/// <summary>Data types and their numbers on the wire (Sparkplug 3.0, section 6.4.16). Those from 22 on are arrays.</summary>
public enum MetricDataType : byte
{
    Unknown = 0,
    Int8 = 1,
    Int16 = 2,
    Int32 = 3,
    Int64 = 4,
    UInt8 = 5,
    UInt16 = 6,
    UInt32 = 7,
    UInt64 = 8,
    Float = 9,
    Double = 10,
    Boolean = 11,
    String = 12,
    DateTime = 13,
    Text = 14,
    Uuid = 15,
    DataSet = 16,
    Bytes = 17,
    File = 18,
    Template = 19,
    PropertySet = 20,
    PropertySetList = 21,
}
