package main

import (
	"bytes"
	"encoding/binary"
	"image/png"
)

func encodePNG(size int) ([]byte, error) {
	var out bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.BestCompression}
	err := enc.Encode(&out, draw(size))
	return out.Bytes(), err
}

// encodeICO puts several sizes in one Windows icon, each as a PNG, which Windows
// reads since Vista.
func encodeICO(sizes ...int) ([]byte, error) {
	const header, entry = 6, 16
	var head, body bytes.Buffer
	le := binary.LittleEndian
	head.Write(le.AppendUint16(le.AppendUint16(le.AppendUint16(nil, 0), 1), uint16(len(sizes))))
	for _, size := range sizes {
		picture, err := encodePNG(size)
		if err != nil {
			return nil, err
		}
		side := byte(size) // 256 is written 0
		e := []byte{side, side, 0, 0}
		e = le.AppendUint16(e, 1)  // planes
		e = le.AppendUint16(e, 32) // bits a pixel
		e = le.AppendUint32(e, uint32(len(picture)))
		e = le.AppendUint32(e, uint32(header+entry*len(sizes)+body.Len()))
		head.Write(e)
		body.Write(picture)
	}
	return append(head.Bytes(), body.Bytes()...), nil
}
