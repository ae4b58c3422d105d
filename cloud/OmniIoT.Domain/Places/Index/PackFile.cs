using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OmniIoT.Domain.Places.Index;

/// <summary>A pack as the bytes of a file: a head, its arrays as they stand, a checksum over all before it.</summary>
internal static class PackFile
{
    /// <summary>Says what the file is, and in which form: another one when what is packed changes.</summary>
    private const ulong Form = 0x3130_6563_6e65_4661;

    private const int Block = 1 << 20;

    public static void Write(Stream stream, FencePack.Arrays arrays, long version)
    {
        Head head = new(Form, version, arrays.Packed.Length, arrays.Offsets.Length, arrays.Ids.Length, arrays.Words.Length);
        uint sum = 0;
        Put(MemoryMarshal.AsBytes(new ReadOnlySpan<Head>(in head)));
        Put(arrays.Packed);
        Put(MemoryMarshal.AsBytes(arrays.Offsets.AsSpan()));
        Put(MemoryMarshal.AsBytes(arrays.Ids.AsSpan()));
        Put(MemoryMarshal.AsBytes(arrays.Words.AsSpan()));
        stream.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in sum)));

        void Put(ReadOnlySpan<byte> bytes)
        {
            sum = Sum(sum, bytes);
            for (int at = 0; at < bytes.Length; at += Block)
                stream.Write(bytes.Slice(at, Math.Min(Block, bytes.Length - at)));
        }
    }

    /// <exception cref="InvalidDataException">It is no such file, of another form, cut off or damaged.</exception>
    public static (FencePack.Arrays Arrays, long Version) Read(Stream stream)
    {
        try
        {
            uint sum = 0;
            Head head = Take<Head>(1)[0];
            if (head.Form != Form || head.Length != stream.Length)
                throw new InvalidDataException("It is no file of fences in the form of this version, or not all of it.");
            FencePack.Arrays arrays = new(Take<byte>(head.Packed), Take<uint>(head.Offsets), Take<int>(head.Ids), Take<uint>(head.Words));
            uint computed = sum;
            return Take<uint>(1)[0] == computed ? (arrays, head.Version) : throw new InvalidDataException("Its checksum does not fit.");

            T[] Take<T>(int length)
                where T : unmanaged
            {
                T[] array = GC.AllocateUninitializedArray<T>(length);
                stream.ReadExactly(MemoryMarshal.AsBytes(array.AsSpan()));
                sum = Sum(sum, MemoryMarshal.AsBytes(array.AsSpan()));
                return array;
            }
        }
        catch (EndOfStreamException error)
        {
            throw new InvalidDataException("It is cut off.", error);
        }
    }

    private static uint Sum(uint sum, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
            sum = BitOperations.Crc32C(sum, word);
        foreach (byte rest in bytes[(words.Length * sizeof(ulong))..])
            sum = BitOperations.Crc32C(sum, rest);
        return sum;
    }

    /// <summary>What the file is, and how many items each array has.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    private readonly record struct Head(ulong Form, long Version, int Packed, int Offsets, int Ids, int Words)
    {
        public long Length => Unsafe.SizeOf<Head>() + (long)Packed + (sizeof(uint) * ((long)Offsets + Ids + Words)) + sizeof(uint);
    }
}
